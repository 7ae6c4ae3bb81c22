using NuGet.Versioning;

namespace Pexen.Planning;

/// <summary>Rule 5: of providers on demand the one with the highest version, then the lowest <c>Priority</c>; then the one declared first.</summary>
internal static class Preference
{
    /// <summary>Negative where the first is the better one; zero where only the order of declaration tells. No version is less than any.</summary>
    public static int Compare(NuGetVersion? version, int priority, NuGetVersion? otherVersion, int otherPriority)
    {
        int byVersion = VersionComparer.VersionRelease.Compare(otherVersion, version);
        return byVersion != 0 ? byVersion : priority.CompareTo(otherPriority);
    }
}

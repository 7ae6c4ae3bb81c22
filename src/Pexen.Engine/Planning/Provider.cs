using NuGet.Versioning;

namespace Pexen.Planning;

/// <summary>A unit that provides a capability.</summary>
/// <param name="Unit">Place among all units of the project.</param>
/// <param name="Version">Null where none was given; it then meets only requirements without a range (rule 1).</param>
internal readonly record struct Provider(int Unit, NuGetVersion? Version)
{
    public bool Meets(VersionRange? range) => range is null || (Version is not null && VersionText.Matches(range, Version));
}

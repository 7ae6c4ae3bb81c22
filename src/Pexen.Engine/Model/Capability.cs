using NuGet.Versioning;

namespace Pexen.Model;

/// <summary>Something a unit provides: a name and, where it was given, a version.</summary>
internal sealed record Capability(string Name, NuGetVersion? Version)
{
    public override string ToString() => Version is null ? Name : $"{Name} {Version}";
}

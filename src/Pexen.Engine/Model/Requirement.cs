using NuGet.Versioning;

namespace Pexen.Model;

/// <summary>Something a unit requires: a name and, where it was given, a range of versions.</summary>
/// <param name="Text">As it was declared, blanks made one: what messages and records show.</param>
internal sealed record Requirement(string Name, VersionRange? Range, string Text)
{
    public override string ToString() => Text;
}

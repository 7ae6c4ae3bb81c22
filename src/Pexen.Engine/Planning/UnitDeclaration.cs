using Pexen.Model;

namespace Pexen.Planning;

/// <summary>A <c>PexenUnit</c> item as MSBuild hands it over.</summary>
/// <param name="Include">Escaped.</param>
/// <param name="Metadata">Name, compared without case, to escaped text. Empty text is the same as absence.</param>
/// <param name="Source">The file that defines it; the line is looked up later, by <see cref="SourceLocation.Item"/>.</param>
/// <param name="Origin">Where it comes from if not from an item of its own.</param>
internal sealed record UnitDeclaration(string Include, IReadOnlyDictionary<string, string> Metadata, SourceLocation Source, UnitOrigin? Origin = null);

using Pexen.Model;

namespace Pexen.Planning;

/// <summary>A <c>PexenShared</c> item as MSBuild hands it over.</summary>
/// <param name="Include">Escaped.</param>
/// <param name="Metadata">Name, compared without case, to escaped text.</param>
/// <param name="Source">The file that defines it.</param>
internal sealed record SharedDeclaration(string Include, IReadOnlyDictionary<string, string> Metadata, SourceLocation Source);

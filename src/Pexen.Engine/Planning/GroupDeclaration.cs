using Pexen.Model;

namespace Pexen.Planning;

/// <summary>A <c>PexenGroup</c> item as MSBuild hands it over.</summary>
/// <param name="Include">Escaped.</param>
/// <param name="Metadata">Name, compared without case, to escaped text. Empty text is the same as absence.</param>
/// <param name="Source">The file that defines it.</param>
internal sealed record GroupDeclaration(string Include, IReadOnlyDictionary<string, string> Metadata, SourceLocation Source);

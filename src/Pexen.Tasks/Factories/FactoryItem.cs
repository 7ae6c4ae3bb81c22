using Pexen.Model;

namespace Pexen.Tasks.Factories;

/// <summary>An item that units are made of.</summary>
/// <param name="ItemType">Like <c>PexenScripts</c>.</param>
/// <param name="Include">Unescaped; a file, relative to the project's folder or absolute.</param>
/// <param name="Below">The folders in <paramref name="Include"/> that a wildcard stands for; empty, or with a slash at the end.</param>
/// <param name="Metadata">Escaped; what all its units have unless they say otherwise.</param>
/// <param name="Source">Where it is declared.</param>
internal sealed record FactoryItem(string ItemType, string Include, string Below, IReadOnlyDictionary<string, string> Metadata, SourceLocation Source);

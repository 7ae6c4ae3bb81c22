using System.Collections.Immutable;

namespace Pexen.Model;

/// <summary>Where a unit that no item declares comes from.</summary>
/// <param name="File">The script, assembly, manifest or side file; relative to the project's folder where it lies below it.</param>
/// <param name="Path">Its place in the tree, from the top: folders and file, or namespaces, type and method; empty where there is no tree.</param>
internal sealed record UnitOrigin(string File, ImmutableArray<string> Path);

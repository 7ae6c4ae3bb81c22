using System.Collections.Immutable;

namespace Pexen.Records;

/// <summary>Where a unit that no item declares came from.</summary>
/// <param name="File">The script, assembly or manifest.</param>
/// <param name="Path">Its place in the tree, from the top; empty where there is no tree.</param>
public sealed record OriginRecord(string File, ImmutableArray<string> Path);

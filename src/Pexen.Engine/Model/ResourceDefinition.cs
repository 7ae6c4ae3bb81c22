using System.Collections.Immutable;

namespace Pexen.Model;

/// <summary>A declared resource. One without a capacity is only claimed or used.</summary>
internal sealed record ResourceDefinition(string Name, int? Capacity, SourceLocation? Source = null)
{
    public ResourceScope Scope { get; init; }

    /// <summary>Names that are handed out with the tokens, as many as there are tokens; or empty.</summary>
    public ImmutableArray<string> Instances { get; init; } = [];
}

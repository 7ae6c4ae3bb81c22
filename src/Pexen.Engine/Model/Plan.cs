using System.Collections.Immutable;

namespace Pexen.Model;

/// <summary>What one run is going to do: validated, resolved, ordered. Immutable.</summary>
internal sealed record Plan
{
    public ImmutableArray<PlannedUnit> Units { get; init; } = [];

    /// <summary>The declared resources, and those that units only name, in order of first mention.</summary>
    public ImmutableArray<ResourceDefinition> Resources { get; init; } = [];
}

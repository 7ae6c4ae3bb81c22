using System.Collections.Immutable;

namespace Pexen.Model;

/// <summary>What units that were added during a run change in its plan (rule 32).</summary>
internal sealed record PlanExtension
{
    /// <summary>The new units; their indices go on from those of the plan. They are ranked after all others of their priority.</summary>
    public ImmutableArray<PlannedUnit> Units { get; init; } = [];

    /// <summary>What units of the plan that have not started wait for besides.</summary>
    public ImmutableArray<AddedDependency> Dependencies { get; init; } = [];

    /// <summary>Resources that nobody named before.</summary>
    public ImmutableArray<ResourceDefinition> Resources { get; init; } = [];
}

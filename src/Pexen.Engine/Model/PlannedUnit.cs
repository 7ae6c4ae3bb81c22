using System.Collections.Immutable;

namespace Pexen.Model;

/// <summary>A unit with its place in the plan.</summary>
internal sealed record PlannedUnit
{
    public required UnitDefinition Definition { get; init; }

    /// <summary>Position in the plan, which is the order of declaration.</summary>
    public required int Index { get; init; }

    /// <summary>Place in the ready order (rule 9), 0 first; a total order over all units of the plan.</summary>
    public required int Rank { get; init; }

    /// <summary>Distinct, in the order in which the providers were named.</summary>
    public ImmutableArray<Dependency> Dependencies { get; init; } = [];

    /// <summary>The unit that added it during the run, or null.</summary>
    public string? AddedBy { get; init; }

    public string Name => Definition.Name;
}

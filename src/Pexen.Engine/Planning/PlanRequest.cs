using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Everything the planner looks at.</summary>
internal sealed record PlanRequest
{
    /// <summary>All units of the project, of every phase and both kinds of run, in order of declaration.</summary>
    public required ImmutableArray<UnitDefinition> Units { get; init; }

    public ImmutableArray<ResourceDefinition> Resources { get; init; } = [];

    /// <summary>Values that every unit inherits.</summary>
    public ImmutableArray<SharedPreset> Presets { get; init; } = [];

    public ImmutableArray<GroupDefinition> Groups { get; init; } = [];

    /// <summary>The run to plan. Problems of the others are found as well, their warnings are not.</summary>
    public required PhaseRun Run { get; init; }

    /// <summary>Absolute.</summary>
    public required string ProjectDirectory { get; init; }

    /// <summary>Where problems of no unit point to, such as a wrong name in <c>PexenUnits</c>.</summary>
    public SourceLocation? Project { get; init; }

    public required int MaxParallel { get; init; }

    /// <summary>Names of units or capabilities, from <c>PexenUnits</c>; empty for all (rule 8).</summary>
    public ImmutableArray<string> Selection { get; init; } = [];

    /// <summary><c>PexenStrict</c>: what is provided and never required is a warning.</summary>
    public bool Strict { get; init; }

    /// <summary>Whether the plan says what was chosen and why; only somebody who reads it needs that.</summary>
    public bool Explain { get; init; } = true;

    /// <summary>Which processors a slot has for itself.</summary>
    public Affinity Affinity { get; init; }

    /// <summary>With that: those of each slot; else empty.</summary>
    public int[][] SlotProcessors { get; init; } = [];

    /// <summary>Bytes of memory that all units may have together; null is no limit.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>Bytes of memory that the machine has; null where no limit is to be compared with it.</summary>
    public long? MachineMemory { get; init; }

    /// <summary>Milliseconds a unit took last, by name without case; empty for an order without history.</summary>
    public IReadOnlyDictionary<string, double> Durations { get; init; } = ImmutableDictionary<string, double>.Empty;

    /// <summary>Null: there are no records.</summary>
    public IEarlierPhases? EarlierPhases { get; init; }
}

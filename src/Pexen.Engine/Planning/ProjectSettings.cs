using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>The project's <c>Pexen…</c> properties, checked, with every default applied.</summary>
internal sealed record ProjectSettings
{
    /// <summary>At least 1.</summary>
    public required int MaxParallel { get; init; }

    /// <summary>Bounds the run; null is none.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long all finalizers together may take after a run that was ended; null is no limit.</summary>
    public TimeSpan? FinalizerTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Of units that give none; null is none.</summary>
    public TimeSpan? DefaultTimeout { get; init; }

    /// <summary>The rest of what units say of time.</summary>
    public Timing Timing { get; init; } = Timing.Default;

    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromSeconds(5);

    public FailurePolicy FailurePolicy { get; init; }

    /// <summary>At least 1.</summary>
    public int MaxFailures { get; init; } = 1;

    public Aftermath OnFailure { get; init; } = Aftermath.ReleaseLocks;

    public Aftermath OnCrash { get; init; } = Aftermath.None;

    /// <summary>Whether recorded durations have a say in the order.</summary>
    public bool History { get; init; } = true;

    public bool Strict { get; init; }

    /// <summary><c>PexenUnits</c>, entry by entry; empty for all.</summary>
    public ImmutableArray<string> Units { get; init; } = [];

    public Occasion ShowOutput { get; init; } = Occasion.OnFailure;

    /// <summary>How many units may be added during a run.</summary>
    public int MaxDynamicUnits { get; init; } = 10_000;

    /// <summary>Which processors a slot has for itself.</summary>
    public Affinity Affinity { get; init; }

    /// <summary>With that: those of each slot; else empty.</summary>
    public int[][] SlotProcessors { get; init; } = [];

    /// <summary>Bytes of memory that all units may have together; null is no limit.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>Whose memory counts as that of a unit.</summary>
    public MemoryKind MemoryKind { get; init; }

    /// <summary>Names of environment variables whose values are never written.</summary>
    public ImmutableArray<string> Masks { get; init; } = [];

    /// <summary>Bytes kept of each unit's log.</summary>
    public long LogLimit { get; init; } = 1_000_000_000;
}

using System.Collections.Immutable;

namespace Pexen.Records;

/// <summary>What a run left in <c>run.json</c>: who ran, when, in which order, and how it ended. Property names are those of the file.</summary>
public sealed record RunRecord
{
    /// <summary>Version of the format, 1.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>Start in UTC and some random digits, e.g. <c>20261121T101500Z-3f2a</c>.</summary>
    public required string RunId { get; init; }

    /// <summary>The project file, relative to the repository it lies in.</summary>
    public required string Project { get; init; }

    /// <summary>The phase that ran.</summary>
    public required string Phase { get; init; }

    /// <summary>The target framework, or null for units that run once per project.</summary>
    public string? TargetFramework { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>UTC; null where the end was not seen.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary><c>Succeeded</c>, <c>Failed</c>, <c>TimedOut</c>, <c>Cancelled</c> or <c>Interrupted</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>How many slots there were.</summary>
    public required int MaxParallel { get; init; }

    /// <summary><c>KeepGoing</c> or <c>FailFast</c>.</summary>
    public required string FailurePolicy { get; init; }

    /// <summary>Which processors a slot had for itself: <c>None</c>, <c>Thread</c>, <c>Core</c> or <c>Node</c>.</summary>
    public string Affinity { get; init; } = "None";

    /// <summary>Bytes of memory that all units might have together, or null.</summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>Whose memory counted as that of a unit: <c>Tree</c>, <c>Heaviest</c> or <c>Process</c>.</summary>
    public string MemoryKind { get; init; } = "Tree";

    /// <summary>Units or capabilities that were asked for; empty for all.</summary>
    public ImmutableArray<string> Selection { get; init; } = [];

    /// <summary>Whether recorded durations had a say in the order.</summary>
    public bool History { get; init; }

    /// <summary>The resources of the plan.</summary>
    public ImmutableArray<ResourceRecord> Resources { get; init; } = [];

    /// <summary>The groups of the plan.</summary>
    public ImmutableArray<GroupRecord> Groups { get; init; } = [];

    /// <summary>What was still held when the run ended.</summary>
    public ImmutableArray<HeldLockRecord> HeldLocks { get; init; } = [];

    /// <summary>What the run had to say.</summary>
    public ImmutableArray<DiagnosticRecord> Diagnostics { get; init; } = [];

    /// <summary>Every planned unit, in order of declaration.</summary>
    public ImmutableArray<UnitRecord> Units { get; init; } = [];
}

using System.Collections.Immutable;

namespace Pexen.Records;

/// <summary>One unit of a run. What does not apply is null or empty.</summary>
public sealed record UnitRecord
{
    /// <summary>Unique in the run, without case.</summary>
    public required string Name { get; init; }

    /// <summary>Position in the order of declaration.</summary>
    public required int Index { get; init; }

    /// <summary>How it ended, e.g. <c>Succeeded</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>The code of the diagnostic that says why, or null.</summary>
    public string? Code { get; init; }

    /// <summary>Why, in a word or two, e.g. <c>signal 11</c>, <c>failFast</c>, <c>notApplicable</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>The unit or resource at the root of a skip.</summary>
    public string? CausedBy { get; init; }

    /// <summary>UTC, or null when it never started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>UTC, or null.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Milliseconds from start to finish over all attempts.</summary>
    public double? DurationMs { get; init; }

    /// <summary>Milliseconds it was ready but waited for resources.</summary>
    public double? LockWaitMs { get; init; }

    /// <summary>Bytes, or null where not measured.</summary>
    public long? PeakMemoryBytes { get; init; }

    /// <summary>Milliseconds, or null where not measured.</summary>
    public double? CpuMs { get; init; }

    /// <summary>Requirements as declared.</summary>
    public ImmutableArray<string> Requires { get; init; } = [];

    /// <summary>The units of this run that it waited for.</summary>
    public ImmutableArray<DependsOnRecord> DependsOn { get; init; } = [];

    /// <summary>What it provides, its own name included.</summary>
    public ImmutableArray<string> Provides { get; init; } = [];

    /// <summary>Resources held alone.</summary>
    public ImmutableArray<string> Claims { get; init; } = [];

    /// <summary>Resources held with others, e.g. <c>gpu*2</c>.</summary>
    public ImmutableArray<string> Uses { get; init; } = [];

    /// <summary>Lower starts first.</summary>
    public int Priority { get; init; }

    /// <summary>How many slots it occupies.</summary>
    public int Slots { get; init; }

    /// <summary>The first of the slots it had, counted from 1, or null when it never started.</summary>
    public int? Slot { get; init; }

    /// <summary>The processors that its last attempt had for itself; empty where the system decided.</summary>
    public IReadOnlyList<int> Processors { get; init; } = [];

    /// <summary>How much it might use; null where it says nothing of that.</summary>
    public LimitsRecord? Limits { get; init; }

    /// <summary>Its group, or null.</summary>
    public string? Group { get; init; }

    /// <summary>Whether it is a service.</summary>
    public bool Service { get; init; }

    /// <summary>Units it cleans up after.</summary>
    public ImmutableArray<string> Finalizes { get; init; } = [];

    /// <summary>The unit that added it during the run, or null.</summary>
    public string? AddedBy { get; init; }

    /// <summary>Where it came from, or null for a unit with an item of its own.</summary>
    public OriginRecord? Origin { get; init; }

    /// <summary>Where it ran.</summary>
    public string System { get; init; } = "local";

    /// <summary>Digest of what the unit is.</summary>
    public string? Definition { get; init; }

    /// <summary>Files it declared and made.</summary>
    public ImmutableArray<OutputRecord> Outputs { get; init; } = [];

    /// <summary>Values it wrote for others.</summary>
    public ImmutableDictionary<string, string> Shared { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Results it reported.</summary>
    public ImmutableArray<ResultRecord> Results { get; init; } = [];

    /// <summary>Of the last attempt, or null.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Of the last attempt, or null.</summary>
    public int? Signal { get; init; }

    /// <summary>Relative to the record, or null where it wrote nothing.</summary>
    public string? Log { get; init; }

    /// <summary>Every time it was started.</summary>
    public ImmutableArray<AttemptRecord> Attempts { get; init; } = [];
}

namespace Pexen.RecordChecking.Input;

/// <summary>What the checker reads of a unit in run.json.</summary>
internal sealed record UnitEntry
{
    public string Name { get; init; } = "";

    public int Index { get; init; } = -1;

    public string Outcome { get; init; } = "";

    public string? Code { get; init; }

    public string? Reason { get; init; }

    public string? CausedBy { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public double? DurationMs { get; init; }

    public double? LockWaitMs { get; init; }

    public long? PeakMemoryBytes { get; init; }

    public double? CpuMs { get; init; }

    public string[] Requires { get; init; } = [];

    public DependsOnEntry[] DependsOn { get; init; } = [];

    public string[] Provides { get; init; } = [];

    public string[] Claims { get; init; } = [];

    public string[] Uses { get; init; } = [];

    public string? AddedBy { get; init; }

    public int Priority { get; init; }

    public int Slots { get; init; }

    public int? Slot { get; init; }

    public int[] Processors { get; init; } = [];

    public LimitsEntry? Limits { get; init; }

    public string? Group { get; init; }

    public bool Service { get; init; }

    public string[] Finalizes { get; init; } = [];

    public int? ExitCode { get; init; }

    public int? Signal { get; init; }

    public string? Log { get; init; }

    public AttemptEntry[] Attempts { get; init; } = [];

    public Dictionary<string, string>? Shared { get; init; }
}

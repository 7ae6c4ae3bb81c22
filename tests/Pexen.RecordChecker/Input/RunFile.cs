namespace Pexen.RecordChecking.Input;

/// <summary>What the checker reads of run.json. A property that is missing has its type's default, which some rule then refuses.</summary>
internal sealed record RunFile
{
    public int Schema { get; init; }

    public string RunId { get; init; } = "";

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public string Outcome { get; init; } = "";

    public int MaxParallel { get; init; }

    public string Affinity { get; init; } = "None";

    public long? MemoryLimitBytes { get; init; }

    public string FailurePolicy { get; init; } = "";

    public ResourceEntry[] Resources { get; init; } = [];

    public GroupEntry[] Groups { get; init; } = [];

    public HeldLockEntry[] HeldLocks { get; init; } = [];

    public DiagnosticEntry[] Diagnostics { get; init; } = [];

    public UnitEntry[] Units { get; init; } = [];

    /// <summary>Whether the supervisor was lost: then the last events are missing.</summary>
    public bool Interrupted => Outcome == "Interrupted";

    /// <summary>Whether the run was ended before all that could run had run.</summary>
    public bool EndedEarly => Outcome is "Interrupted" or "Cancelled" or "TimedOut";
}

internal sealed record ResourceEntry(string Name, int? Capacity, string[] Instances);

internal sealed record GroupEntry(string Name, int? MaxParallel, bool Exclusive, string? Group, int Members)
{
    public string? Outcome { get; init; }

    public int? Succeeded { get; init; }

    public int? Failed { get; init; }

    public int? TimedOut { get; init; }

    public int? Skipped { get; init; }

    public int? Cancelled { get; init; }

    public HookEntry[]? Hooks { get; init; }
}

internal sealed record HookEntry(string Hook, int? ExitCode, int? Signal);

internal sealed record HeldLockEntry(string Resource, string Unit, int? Tokens);

internal sealed record DiagnosticEntry(string Code, string Severity, string? Unit);

internal sealed record DependsOnEntry(string Unit, string Kind);

internal sealed record AttemptEntry(
    DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, string Outcome, int? ExitCode, int? Signal, string? Log);

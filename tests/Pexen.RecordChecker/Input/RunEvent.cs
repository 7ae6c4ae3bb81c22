namespace Pexen.RecordChecking.Input;

/// <summary>One line of events.jsonl; which properties count depends on <see cref="Event"/>.</summary>
internal sealed record RunEvent
{
    public long Seq { get; init; }

    public long Ns { get; init; } = -1;

    public string Event { get; init; } = "";

    public string? RunId { get; init; }

    public int? MaxFailures { get; init; }

    public int? Units { get; init; }

    public int? ExitCode { get; init; }

    public int? Signal { get; init; }

    public long? PeakMemoryBytes { get; init; }

    public double? CpuMs { get; init; }

    /// <summary>How much all units had together when one gave way.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>How many units may run beside each other from then on.</summary>
    public int? Width { get; init; }

    public string? Unit { get; init; }

    public string? Group { get; init; }

    public string? Hook { get; init; }

    public int? Attempt { get; init; }

    /// <summary>How long a unit rests before its next attempt.</summary>
    public double? DelayMs { get; init; }

    public int? Rank { get; init; }

    public int? Priority { get; init; }

    public int[]? Slots { get; init; }

    public int[]? Processors { get; init; }

    public HoldEntry[]? Holds { get; init; }

    public string? Outcome { get; init; }

    public string[]? Held { get; init; }

    public string[]? Released { get; init; }

    /// <summary>Of <c>values</c>.</summary>
    public Dictionary<string, string>? Shared { get; init; }

    public string? CausedBy { get; init; }

    public string? Reason { get; init; }

    public string? AddedBy { get; init; }

    public int? Index { get; init; }

    /// <summary>Who waits for an added unit besides.</summary>
    public DependsOnEntry[]? NeededBy { get; init; }
}

internal sealed record HoldEntry(string Resource, string Mode, int? Tokens, string[] Instances);

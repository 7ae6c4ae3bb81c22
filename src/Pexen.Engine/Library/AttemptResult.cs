namespace Pexen;

/// <summary>How one attempt of a unit ended.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Outcome">How it ended; <see cref="Outcome.Flaky"/> is said of units, not of attempts.</param>
public sealed record AttemptResult(int Number, Outcome Outcome)
{
    /// <summary>The code of what went wrong, or null.</summary>
    public string? Code { get; init; }

    /// <summary>Why, in a word or two, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>What went wrong, in sentences, or null.</summary>
    public string? Message { get; init; }

    /// <summary>The exception that ended it, or null.</summary>
    public ExceptionInfo? Exception { get; init; }

    /// <summary>When it started.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>How long it ran.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Of a process: its exit code, or null.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Of a process or a method: the file with all it wrote, where <see cref="SchedulerOptions.LogFolder"/> is given and it wrote anything; else null.</summary>
    public string? Log { get; init; }
}

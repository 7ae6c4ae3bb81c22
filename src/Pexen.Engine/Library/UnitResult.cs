using Pexen.Library;
using Pexen.Records;

namespace Pexen;

/// <summary>How a unit ended. Each unit of a run has exactly one.</summary>
public sealed record UnitResult
{
    internal UnitResult(string name, Outcome outcome)
    {
        Name = name;
        Outcome = outcome;
    }

    /// <summary>Name of the unit.</summary>
    public string Name { get; }

    /// <summary>How it ended.</summary>
    public Outcome Outcome { get; }

    /// <summary>What the delegate returned, or a method, then as text; null if it returned nothing.</summary>
    public object? Value { get; init; }

    /// <summary>The exception that ended it, or null.</summary>
    public ExceptionInfo? Exception { get; init; }

    /// <summary>The shared values that it had when it ended: presets, what it inherited, what it wrote.</summary>
    public IReadOnlyDictionary<string, object?> Shared { get; init; } = NoValues.Dictionary;

    /// <summary>What it reported in <see cref="UnitContext.Results"/>, or in the file that <c>PEXEN_RESULTS</c> names.</summary>
    public IReadOnlyList<ResultRecord> Results { get; init; } = [];

    /// <summary>The code of what went wrong, like <c>PEX3002</c>, or null.</summary>
    public string? Code { get; init; }

    /// <summary>Why, in a word or two: <c>timeout</c>, <c>exit code 3</c>, <c>notProvided</c>, <c>held by a</c>, the type of the exception; or null.</summary>
    public string? Reason { get; init; }

    /// <summary>What went wrong, in sentences, or null.</summary>
    public string? Message { get; init; }

    /// <summary>Of a skipped unit: the unit or the resource with which it began, or null.</summary>
    public string? CausedBy { get; init; }

    /// <summary>Each time it was tried, in order; empty if it never started. More than one where <see cref="Unit.Retries"/> had to be used.</summary>
    public IReadOnlyList<AttemptResult> Attempts => Details?.Tried ?? (Started is null ? [] : [OnlyAttempt()]);

    /// <summary>When it started, the first time; null if it never did.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>How long it ran: to the end of its last attempt, with all that was between.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The first of its slots, counted from 1, in its last attempt; 0 if it never started.</summary>
    public int Slot { get; init; }

    /// <summary>The unit that added it during the run, or null.</summary>
    public string? AddedBy { get; init; }

    /// <summary>Of a process: its exit code, or null. Of a method only when it has ended its process.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Of a process or a method: the last 64 KiB of what it wrote, standard output and error together; else null.</summary>
    public string? Output { get; init; }

    /// <summary>Of a process or a method: the file with all it wrote, where <see cref="SchedulerOptions.LogFolder"/> is given and it wrote anything; else null.</summary>
    public string? Log { get; init; }

    /// <summary>Of a process or a method whose memory is limited, by itself or with all others: the most bytes of memory that it was seen to have; else null.</summary>
    public long? PeakMemory => Details?.PeakMemory;

    /// <summary>
    /// Of a method that came back, on Linux: the processor time of its calls, all attempts together; else null. The runtime does not tell what other processes have used.
    /// </summary>
    public TimeSpan? ProcessorTime => Details?.ProcessorTime;

    /// <summary>Null where there are none, as of most delegates.</summary>
    internal ResultDetails? Details { get; init; }

    private AttemptResult OnlyAttempt() => new(1, Outcome)
    {
        Code = Code,
        Reason = Reason,
        Message = Message,
        Exception = Exception,
        Started = Started!.Value,
        Duration = Duration,
        ExitCode = ExitCode,
        Log = Log,
    };
}

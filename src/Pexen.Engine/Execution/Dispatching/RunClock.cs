namespace Pexen.Execution.Dispatching;

/// <summary>The time of one run: monotonic nanoseconds since its start, and the calendar only for that start.</summary>
internal sealed class RunClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    /// <summary>Since the start of the run.</summary>
    public long Nanoseconds() => (long)((time.GetTimestamp() - _start) * (1e9 / time.TimestampFrequency));

    public DateTimeOffset UtcNow => At(Nanoseconds());

    /// <summary>The time that many nanoseconds after the start.</summary>
    public DateTimeOffset At(long nanoseconds) => StartedAt.AddTicks(nanoseconds / 100);

    /// <summary>Of a span; spans too long to count are cut.</summary>
    public static long Nanoseconds(TimeSpan span) => span.Ticks > long.MaxValue / 200 ? long.MaxValue / 2 : span.Ticks * 100;
}

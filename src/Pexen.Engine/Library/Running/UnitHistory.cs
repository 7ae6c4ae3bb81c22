using Pexen.Execution;

namespace Pexen.Library;

/// <summary>What has become of a unit that was started before, or rested: few units have one.</summary>
internal sealed class UnitHistory
{
    private readonly List<AttemptResult> _ended = [];

    /// <summary>Its attempts that have ended.</summary>
    public IReadOnlyList<AttemptResult> Ended => _ended;

    /// <summary>The start of its first attempt, since the start of the run.</summary>
    public TimeSpan FirstStarted { get; set; }

    /// <summary>Time in its attempts and in the rests between them; not what it waited for others.</summary>
    public TimeSpan Spent { get; set; }

    /// <summary>Name of the log of its first attempt, or null.</summary>
    public string? FirstLog { get; set; }

    /// <summary>Its <c>StartDelay</c> is over.</summary>
    public bool WasDelayed { get; set; }

    /// <summary>It still has what its last attempt held.</summary>
    public bool KeepsLocks { get; set; }

    /// <summary>Of a process whose memory is limited, or null.</summary>
    public MeasuredUnit? Measured { get; set; }

    /// <summary>Attempts that were stopped so that others could go on, and do not count.</summary>
    public int Preemptions => Measured?.Preemptions ?? 0;

    /// <summary>While it rests.</summary>
    public UnitRest? Rest { get; private set; }

    /// <summary>The most memory that an attempt was seen to have, or null.</summary>
    public long? PeakMemory { get; private set; }

    /// <summary>Of all attempts of which it is known, or null.</summary>
    public TimeSpan? ProcessorTime { get; private set; }

    public void Add(AttemptResult attempt, AttemptEnd? process)
    {
        _ended.Add(attempt);
        PeakMemory = Larger(PeakMemory, process?.PeakMemory);
        ProcessorTime = Sum(ProcessorTime, process?.ProcessorTime);
    }

    public static long? Larger(long? one, long? other) => one is null || other > one ? other : one;

    public static TimeSpan? Sum(TimeSpan? one, TimeSpan? other) => one is null ? other : one + (other ?? TimeSpan.Zero);

    public UnitRest BeginRest(int unit) => Rest = new UnitRest(unit);

    public void EndRest()
    {
        if (Rest is not null)
        {
            Rest.IsOver = true;
            Rest = null;
        }
    }
}

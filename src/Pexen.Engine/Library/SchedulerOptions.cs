using Pexen.Library;
using Pexen.Planning;

namespace Pexen;

/// <summary>What holds for all units of a <see cref="Scheduler"/>.</summary>
public sealed record SchedulerOptions
{
    /// <summary>How many slots there are, at least 1. The number of processors unless said otherwise.</summary>
    public int MaxParallel
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = Environment.ProcessorCount;

    /// <summary>What a failure means for units that have not started.</summary>
    public FailurePolicy FailurePolicy { get; init; }

    /// <summary>With <see cref="FailurePolicy.FailFast"/>: nothing new starts after this many failures, at least 1.</summary>
    public int MaxFailures
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1;

    /// <summary>How long a run may take; null is no limit. Then what runs is <see cref="Outcome.TimedOut"/>, what waits <see cref="Outcome.Cancelled"/>.</summary>
    public TimeSpan? Timeout
    {
        get;
        init
        {
            ThrowIfNoDuration(value);
            field = value;
        }
    }

    /// <summary>How long a unit may take to end when asked to, where it says nothing itself; 5 seconds unless said otherwise.</summary>
    public TimeSpan GracePeriod
    {
        get;
        init
        {
            ThrowIfNoDuration(value);
            field = value;
        }
    } = TimeSpan.FromSeconds(5);

    /// <summary>How long an attempt may take of units that say nothing; null or zero is no limit.</summary>
    public TimeSpan? DefaultTimeout
    {
        get;
        init
        {
            ThrowIfNoDuration(value);
            field = value;
        }
    }

    /// <summary>How long processes and methods that say nothing may be silent; null or zero is no limit.</summary>
    public TimeSpan? DefaultIdleTimeout
    {
        get;
        init
        {
            ThrowIfNoDuration(value);
            field = value;
        }
    }

    /// <summary>When it is said of units that say nothing that they still run, again and again; null or zero is never.</summary>
    public TimeSpan? SlowAfter
    {
        get;
        init
        {
            ThrowIfNoDuration(value);
            field = value;
        }
    }

    /// <summary>
    /// Called when an attempt has run for its <see cref="Unit.SlowAfter"/>, and each time it has run for as long again. On threads of the pool, several at a time perhaps;
    /// no unit waits for it. What it throws is in <see cref="Scheduler.Warnings"/>.
    /// </summary>
    public Action<SlowUnit>? OnSlow { get; init; }

    /// <summary>How often units that say nothing are tried again, from 0 to 1000.</summary>
    public int DefaultRetries
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimingReader.MostRetries);
            field = value;
        }
    }

    /// <summary>
    /// How long all finalizers together may take after a run that was cancelled or had a <see cref="Timeout"/>, from when all else has ended; null or zero is no limit, 60 seconds unless said otherwise.
    /// </summary>
    public TimeSpan? FinalizerTimeout
    {
        get;
        init
        {
            ThrowIfNoDuration(value);
            field = value;
        }
    } = TimeSpan.FromSeconds(60);

    /// <summary>Values that every unit inherits unless a provider wrote them.</summary>
    public IReadOnlyDictionary<string, object?> Presets
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = NoValues.Dictionary;

    /// <summary>Counted resources.</summary>
    public IReadOnlyCollection<Resource> Resources
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = [];

    /// <summary>The groups that units may belong to.</summary>
    public IReadOnlyCollection<UnitGroup> Groups
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = [];

    /// <summary>Where processes leave their logs, one file each, overwritten by the next run; null keeps none.</summary>
    public string? LogFolder { get; init; }

    /// <summary>
    /// Bytes of memory that all processes and methods of a run may have together, at least 1,000,000; null is no limit. When they have more, the best candidate is stopped and queued again,
    /// and fewer run beside each other until it is over; alone above the limit, or stopped for the third time, it has failed with PEX3010. While one gives way nothing starts.
    /// The memory of this program, with all delegates, does not count.
    /// </summary>
    public long? MemoryLimit
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? LimitsReader.LeastMemory, LimitsReader.LeastMemory, nameof(value));
            field = value;
        }
    }

    /// <summary>Whose memory counts for <see cref="Unit.MemoryLimit"/> and <see cref="MemoryLimit"/>; that of the whole process tree unless said otherwise.</summary>
    public MemoryKind MemoryKind { get; init; }

    /// <summary>How many units may be added during one run.</summary>
    public int MaxDynamicUnits { get; init; } = 10_000;

    /// <summary>The clock of timeouts and results.</summary>
    public TimeProvider TimeProvider
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = TimeProvider.System;

    private static void ThrowIfNoDuration(TimeSpan? value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value.GetValueOrDefault(), TimeSpan.Zero, nameof(value));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value.GetValueOrDefault(), DurationText.Longest, nameof(value));
    }
}

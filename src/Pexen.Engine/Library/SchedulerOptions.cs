using Pexen.Library;

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
            ArgumentOutOfRangeException.ThrowIfLessThan(value.GetValueOrDefault(), TimeSpan.Zero);
            field = value;
        }
    }

    /// <summary>How long a unit may take to end when asked to, where it says nothing itself; 5 seconds unless said otherwise.</summary>
    public TimeSpan GracePeriod
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromSeconds(5);

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
}

namespace Pexen;

/// <summary>What a scheduler does at one moment; of the last run if none is under way.</summary>
public sealed record SchedulerSnapshot
{
    internal SchedulerSnapshot()
    {
    }

    /// <summary>Whether a run is under way.</summary>
    public bool IsRunning { get; init; }

    /// <summary>When that run started; null if there was none.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>How many units the run has.</summary>
    public int Total { get; init; }

    /// <summary>How many wait for other units.</summary>
    public int WaitingForUnits { get; init; }

    /// <summary>How many wait for nothing but resources and slots.</summary>
    public int Ready { get; init; }

    /// <summary>How many wait for time to pass: between two attempts, or before the first.</summary>
    public int Resting { get; init; }

    /// <summary>How many have ended, one way or another.</summary>
    public int Ended { get; init; }

    /// <summary>How many have ended in each way; ways in which none has are not there.</summary>
    public IReadOnlyDictionary<Outcome, int> Outcomes { get; init; } = new Dictionary<Outcome, int>();

    /// <summary>The units that run, in the order in which they started.</summary>
    public IReadOnlyList<RunningUnit> Running { get; init; } = [];

    /// <summary>The first of the units that wait, in the order of declaration, as many as were asked for.</summary>
    public IReadOnlyList<WaitingUnit> Waiting { get; init; } = [];

    /// <summary>Who holds which resource.</summary>
    public IReadOnlyList<HeldResource> Held { get; init; } = [];
}

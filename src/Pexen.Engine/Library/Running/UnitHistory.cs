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

    /// <summary>While it rests.</summary>
    public UnitRest? Rest { get; private set; }

    public void Add(AttemptResult attempt) => _ended.Add(attempt);

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

namespace Pexen.Library;

/// <summary>What is to happen.</summary>
internal enum AlarmKind
{
    /// <summary>The time of an attempt is up.</summary>
    Timeout,

    /// <summary>The time of all attempts of a unit is up.</summary>
    TotalTimeout,

    /// <summary>An attempt may have been silent for too long.</summary>
    IdleTimeout,

    /// <summary>It is to be said that an attempt still runs.</summary>
    Slow,

    /// <summary>The grace of a delegate is over.</summary>
    Abandon,

    /// <summary>A unit has rested.</summary>
    Return,

    /// <summary>Something is due of a group.</summary>
    Group,

    /// <summary>The grace of a group's callback is over.</summary>
    AbandonCall,

    /// <summary>The time of all finalizers together is up, after the end of a run.</summary>
    Finalizers,

    /// <summary>The time of the run is up.</summary>
    RunTimeout,
}

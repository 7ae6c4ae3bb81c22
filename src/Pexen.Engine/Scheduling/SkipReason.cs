namespace Pexen.Scheduling;

/// <summary>Why a unit will not run.</summary>
internal enum SkipReason : byte
{
    /// <summary>It was not skipped.</summary>
    None,

    /// <summary>Something it requires, directly or not, was not provided.</summary>
    NotProvided,

    /// <summary>A resource it needs, or one of those it requires needs, stays held until the run ends.</summary>
    ResourceHeld,

    /// <summary>Nothing new starts after so many failures.</summary>
    FailFast,

    /// <summary>A unit of its category that is not larger broke a limit, or one that it requires went with such a unit.</summary>
    Chained,

    /// <summary>The caller said that nothing new starts, for example because the run's time is up.</summary>
    Stopped,

    /// <summary>What it needs is held by a service that itself waits for others, and nothing else was left to happen.</summary>
    Standstill,

    /// <summary>The time of its group, or of one around that, is up.</summary>
    GroupTimedOut,

    /// <summary>The command that goes before the units of its group, or of one around that, failed.</summary>
    GroupNotStarted,

    /// <summary>It was added to a group that had finished.</summary>
    GroupFinished,
}

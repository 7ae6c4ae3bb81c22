namespace Pexen.Library;

/// <summary>Something that is to happen at a time.</summary>
internal readonly record struct Alarm(AlarmKind Kind, UnitAttempt? Attempt);

/// <summary>What is to happen.</summary>
internal enum AlarmKind
{
    /// <summary>The time of a unit is up.</summary>
    Timeout,

    /// <summary>The grace of a delegate is over.</summary>
    Abandon,

    /// <summary>The time of the run is up.</summary>
    RunTimeout,
}

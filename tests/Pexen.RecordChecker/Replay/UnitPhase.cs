namespace Pexen.RecordChecking.Replay;

/// <summary>Where the replay has seen a unit get to.</summary>
internal enum UnitPhase
{
    Waiting,
    Ready,
    Running,

    /// <summary>An attempt ended, another follows.</summary>
    BetweenAttempts,
    Over,
}

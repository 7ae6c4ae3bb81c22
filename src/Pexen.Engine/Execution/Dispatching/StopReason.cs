namespace Pexen.Execution.Dispatching;

/// <summary>Why we are stopping a unit.</summary>
internal enum StopReason
{
    None,
    Timeout,
    IdleTimeout,
    TotalTimeout,
    RunTimeout,

    /// <summary>The time of its group, or of one around that, is up.</summary>
    GroupTimeout,

    /// <summary>A service that was not ready in time.</summary>
    NotReady,

    /// <summary>A service that nobody needs any more.</summary>
    NotNeeded,

    /// <summary>A service that it needs has ended.</summary>
    ServiceDied,
    Cancelled,
}

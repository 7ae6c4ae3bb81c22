namespace Pexen.Execution.Dispatching;

/// <summary>Why we are stopping a unit.</summary>
internal enum StopReason
{
    None,
    Timeout,
    IdleTimeout,
    TotalTimeout,
    RunTimeout,

    /// <summary>Its own <c>MemoryLimit</c>.</summary>
    Memory,

    /// <summary>Alone it had more than <c>PexenMemoryLimit</c>.</summary>
    RunMemory,

    /// <summary>With others it had more than <c>PexenMemoryLimit</c>: it is queued again.</summary>
    Preempted,

    /// <summary>The same, too often.</summary>
    PreemptedTooOften,

    /// <summary>One of its category that is not larger broke a limit.</summary>
    Chained,

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

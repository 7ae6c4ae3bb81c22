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
    Cancelled,
}

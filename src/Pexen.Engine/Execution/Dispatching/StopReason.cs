namespace Pexen.Execution.Dispatching;

/// <summary>Why we are stopping a unit.</summary>
internal enum StopReason
{
    None,
    Timeout,
    IdleTimeout,
    TotalTimeout,
    RunTimeout,
    Cancelled,
}

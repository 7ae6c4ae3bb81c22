namespace Pexen.Execution.Dispatching;

/// <summary>What can be due of a unit.</summary>
internal enum DeadlineKind : byte
{
    /// <summary>The end of an attempt.</summary>
    Timeout,

    /// <summary>The end of all attempts.</summary>
    TotalTimeout,

    /// <summary>The end of an attempt that has written nothing for so long.</summary>
    IdleTimeout,

    /// <summary>A word about an attempt that still runs.</summary>
    Slow,

    /// <summary>The question whether a service is ready.</summary>
    Probe,

    /// <summary>The end of a service that is not ready by then.</summary>
    ReadyTimeout,

    /// <summary>The return from rest.</summary>
    Return,
}

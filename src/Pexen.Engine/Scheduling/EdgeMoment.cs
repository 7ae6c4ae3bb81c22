namespace Pexen.Scheduling;

/// <summary>What has happened to the provider of an edge.</summary>
internal enum EdgeMoment
{
    /// <summary>It ended, and was never up.</summary>
    End,

    /// <summary>It is a service and is ready: it provides, but has not ended.</summary>
    Up,

    /// <summary>It was up and ended: it has provided already.</summary>
    EndOfUp,
}

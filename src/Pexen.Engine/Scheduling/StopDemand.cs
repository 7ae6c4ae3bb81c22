namespace Pexen.Scheduling;

/// <summary>Why a unit that runs or is up is to be stopped.</summary>
internal enum StopDemand : byte
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>A service: all that it is up for have ended.</summary>
    NotNeeded,

    /// <summary>A service that it needs has ended.</summary>
    ServiceDied,
}

namespace Pexen.Execution.Dispatching.Groups;

/// <summary>How far a group has come.</summary>
internal enum GroupStage
{
    /// <summary>None of its units was to start yet.</summary>
    Waiting,

    /// <summary>Its <c>OnStarted</c> runs; units that could start wait for that.</summary>
    Opening,

    /// <summary>Its units start as they can.</summary>
    Open,

    /// <summary>All its units have ended; commands that follow still run.</summary>
    Closing,

    Over,
}

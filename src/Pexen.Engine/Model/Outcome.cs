namespace Pexen;

/// <summary>How a unit ended. Every planned unit has exactly one.</summary>
public enum Outcome
{
    /// <summary>It ran and succeeded.</summary>
    Succeeded,

    /// <summary>It did not have to run: nothing it depends on has changed since its last success.</summary>
    UpToDate,

    /// <summary>It did not have to run: its outputs came from the cache.</summary>
    Cached,

    /// <summary>It did not have to run: it had succeeded before the run that is resumed was interrupted.</summary>
    Resumed,

    /// <summary>It succeeded after a retry.</summary>
    Flaky,

    /// <summary>It failed, crashed, or could not be started.</summary>
    Failed,

    /// <summary>It failed but said itself that it left things in order.</summary>
    ControlledFailure,

    /// <summary>It was stopped because its time was up.</summary>
    TimedOut,

    /// <summary>It never ran, because of another unit or a resource; or it said that it does not apply.</summary>
    Skipped,

    /// <summary>A service or a finalizer that nobody needed.</summary>
    NotNeeded,

    /// <summary>The run was ended before it could end by itself.</summary>
    Cancelled,
}

namespace Pexen.Model;

/// <summary>How a unit ended. Every planned unit has exactly one.</summary>
internal enum Outcome
{
    Succeeded,
    UpToDate,
    Cached,
    Resumed,
    Flaky,
    Failed,
    ControlledFailure,
    TimedOut,
    Skipped,
    NotNeeded,
    Cancelled,
}

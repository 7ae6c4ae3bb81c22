namespace Pexen.Scheduling;

/// <summary>What bounds a run.</summary>
/// <param name="MaxParallel">Number of slots, at least 1.</param>
/// <param name="FailurePolicy">What a failure means for units that have not started.</param>
/// <param name="MaxFailures">With <see cref="FailurePolicy.FailFast"/>: nothing new starts after this many.</param>
/// <param name="Held">Whether services stay up, and finalizers wait, until <see cref="UnitScheduler.Release"/>.</param>
internal sealed record ScheduleOptions(int MaxParallel, FailurePolicy FailurePolicy = FailurePolicy.KeepGoing, int MaxFailures = 1, bool Held = false);

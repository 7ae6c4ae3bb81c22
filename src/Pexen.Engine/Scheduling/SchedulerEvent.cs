namespace Pexen.Scheduling;

/// <summary>A decision that the caller did not ask for by name, in the order in which it was made.</summary>
/// <param name="Unit">Index of the unit.</param>
/// <param name="State"><see cref="UnitState.Ready"/>, <see cref="UnitState.Skipped"/>, <see cref="UnitState.NotNeeded"/> or <see cref="UnitState.Cancelled"/>: what it became. <see cref="UnitState.Waiting"/> when it was ready and waits again, for what was added; another <see cref="UnitState.Ready"/> follows then. What it is, where it is to be stopped; <see cref="UnitState.Failed"/> or <see cref="UnitState.Provided"/> where what it kept is free again.</param>
/// <param name="Stop">Why it is to be stopped; then it has not changed.</param>
/// <param name="Cause">The service that has ended where that is why; the finalizer that freed what the unit kept; else -1.</param>
internal readonly record struct SchedulerEvent(int Unit, UnitState State, StopDemand Stop = StopDemand.None, int Cause = -1);

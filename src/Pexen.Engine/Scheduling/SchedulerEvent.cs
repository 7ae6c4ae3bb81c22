namespace Pexen.Scheduling;

/// <summary>A decision that the caller did not ask for by name, in the order in which it was made.</summary>
/// <param name="Unit">Index of the unit.</param>
/// <param name="State"><see cref="UnitState.Ready"/>, <see cref="UnitState.Skipped"/> or <see cref="UnitState.Cancelled"/>: what it became. <see cref="UnitState.Waiting"/> when it was ready and waits again, for what was added; another <see cref="UnitState.Ready"/> follows then.</param>
internal readonly record struct SchedulerEvent(int Unit, UnitState State);

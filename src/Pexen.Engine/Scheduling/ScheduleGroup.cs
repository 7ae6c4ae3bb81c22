namespace Pexen.Scheduling;

/// <summary>A group of units.</summary>
/// <param name="MaxParallel">How many of its units run beside each other at most, those of groups inside it included; 0 is no limit.</param>
/// <param name="Exclusive">Whether nothing else runs beside its units.</param>
/// <param name="Parent">Index of the group that it lies in, or -1.</param>
internal readonly record struct ScheduleGroup(int MaxParallel, bool Exclusive, int Parent = -1);

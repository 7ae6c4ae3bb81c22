namespace Pexen.Scheduling;

/// <summary>A unit that may start now and already holds its slots and resources.</summary>
/// <param name="Unit">Index of the unit.</param>
/// <param name="FirstSlot">The lowest of its slots, counted from 1; <see cref="UnitScheduler.SlotsOf"/> has all.</param>
internal readonly record struct Grant(int Unit, int FirstSlot);

namespace Pexen.Execution.Dispatching;

/// <summary>What was seen when a unit was stopped for memory.</summary>
/// <param name="Unit">Bytes that it had.</param>
/// <param name="All">Bytes that all units had together, or 0 where that was not the question.</param>
/// <param name="Limit">Bytes that it, or all, might have.</param>
/// <param name="LimitName">What that limit is called where it can be changed.</param>
/// <param name="Width">Of one that is queued again: how many units run beside each other at most until it is over; else 0.</param>
internal sealed record MemoryStop(long Unit, long All, long Limit, string LimitName, int Width = 0);

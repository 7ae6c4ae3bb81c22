namespace Pexen.Scheduling;

/// <summary>A resource that a unit holds while it runs.</summary>
/// <param name="Resource">Index of the resource in the graph.</param>
/// <param name="Mode">Alone or with others.</param>
/// <param name="Tokens">Of a use of a resource with a capacity the number of tokens, at least 1; else 0.</param>
internal readonly record struct ScheduleHold(int Resource, HoldMode Mode, int Tokens = 0);

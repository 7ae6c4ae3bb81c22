namespace Pexen;

/// <summary>A unit that runs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Since">When it started.</param>
/// <param name="Running">For how long it has been running.</param>
/// <param name="Slots">Its slots, counted from 1.</param>
/// <param name="Stopping">Whether it was asked to end.</param>
public sealed record RunningUnit(string Name, DateTimeOffset Since, TimeSpan Running, IReadOnlyList<int> Slots, bool Stopping);

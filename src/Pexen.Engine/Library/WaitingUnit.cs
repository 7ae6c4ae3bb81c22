namespace Pexen;

/// <summary>A unit that waits.</summary>
/// <param name="Name">Its name.</param>
/// <param name="For">What it waits for; all of it.</param>
public sealed record WaitingUnit(string Name, IReadOnlyList<WaitReason> For);

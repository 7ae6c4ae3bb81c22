namespace Pexen.Scheduling;

/// <summary>One thing that keeps a unit from starting now.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Unit">The unit to wait for: provider, holder, a running one whose place it needs, or the one that is ahead; -1 for slots, and for a group that is kept.</param>
/// <param name="Resource">The resource wanted, or -1.</param>
internal readonly record struct Obstacle(ObstacleKind Kind, int Unit = -1, int Resource = -1);

/// <summary>What kind of thing keeps a unit from starting.</summary>
internal enum ObstacleKind
{
    /// <summary>A unit that it depends on has not ended.</summary>
    Dependency,

    /// <summary>It is a service, and nobody who needs it has everything else yet.</summary>
    Demand,

    /// <summary>A running unit holds what it wants.</summary>
    Holder,

    /// <summary>What it wants is free for it, but a unit ahead of it is blocked by a present holder of the same (rule 11).</summary>
    Ahead,

    /// <summary>Its group is as wide as it may be, or another group has the machine to itself; or it is in such a group, or behind one that is, and what runs has to end first.</summary>
    Group,

    /// <summary>There are not enough free slots, or a unit before it in the ready order waits for them.</summary>
    Slots,
}

namespace Pexen;

/// <summary>What kind of thing keeps a unit from starting.</summary>
public enum WaitKind
{
    /// <summary>A unit that it depends on has not ended.</summary>
    Unit,

    /// <summary>A unit holds what it wants.</summary>
    Resource,

    /// <summary>Another unit waits for what it wants, and comes first.</summary>
    Turn,

    /// <summary>Its group has as many units running as it may, or an exclusive group, its own or another, has to be alone.</summary>
    Group,

    /// <summary>Too few slots are free, or a unit before it waits for them.</summary>
    Slots,

    /// <summary>Its <see cref="Unit.StartDelay"/>, or the delay before it is tried again, is not over.</summary>
    Time,
}

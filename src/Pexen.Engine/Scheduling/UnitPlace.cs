namespace Pexen.Scheduling;

/// <summary>Where a ready unit stands. Together, because all of it is looked at together.</summary>
internal struct UnitPlace
{
    /// <summary>Not in the waiting room, or refused.</summary>
    public const int Nowhere = -1;

    /// <summary>In the set of those who are looked at when a slot is free.</summary>
    public const int Offered = -2;

    /// <summary>In the heap of its class.</summary>
    public const int InClass = -3;

    /// <summary>The line on whose behalf it was offered, or null.</summary>
    public Line? Source;

    /// <summary>The line in whose tree of refused it is, or null.</summary>
    public Line? RefusedBy;

    /// <summary>One of the constants above.</summary>
    public int Where;
}

namespace Pexen.Scheduling;

/// <summary>Where a class of units stands. Units that start when they are first looked at never touch it.</summary>
internal struct ClassPlace
{
    /// <summary>The line in which it is parked, or -1.</summary>
    public int Parked;

    /// <summary>The rank that it has in that line.</summary>
    public int ParkedRank;

    /// <summary>The unit that is offered for it, or -1.</summary>
    public int Offer;

    /// <summary>The units that wait in it, first in rank first, linked both ways; -1 if there are none.</summary>
    public int First;

    /// <summary>The last of them.</summary>
    public int Last;

    /// <summary>Those that came neither before the first nor after the last are in a tree of their own; its root, or -1.</summary>
    public int Stragglers;
}

namespace Pexen.Scheduling;

/// <summary>Where a class of units stands.</summary>
internal struct ClassPlace
{
    /// <summary>The line in which it is parked, or null.</summary>
    public Line? Parked;

    /// <summary>The rank that it has in that line.</summary>
    public long ParkedRank;

    /// <summary>The first of the units that wait in it, or -1.</summary>
    public int Root;

    /// <summary>The unit that is offered for it, or -1.</summary>
    public int Offer;
}

namespace Pexen.Scheduling;

/// <summary>What a class of units wants, and where it stands.</summary>
internal struct ClassPlace
{
    /// <summary>First of its lines in the list of the lines of all classes.</summary>
    public int FirstLine;

    /// <summary>How many lines there are.</summary>
    public int LineCount;

    /// <summary>Of the numbers of the lines.</summary>
    public uint Hash;

    /// <summary>The line in which it is parked, or -1.</summary>
    public int Parked;

    /// <summary>The rank that it has in that line.</summary>
    public int ParkedRank;

    /// <summary>The first of the units that wait in it, or -1.</summary>
    public int Root;

    /// <summary>The unit that is offered for it, or -1.</summary>
    public int Offer;
}

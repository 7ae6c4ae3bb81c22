namespace Pexen.Scheduling;

/// <summary>
/// What units want of one resource in one way: its claim, its use, or so many of its tokens. Everybody who wants exactly this stands in this
/// line, so whether it can be had now is a question about the line and not about each of them.
/// </summary>
internal sealed class Line
{
    /// <summary>Its place among all lines.</summary>
    public required int Number { get; init; }

    public required int Resource { get; init; }

    public required HoldMode Mode { get; init; }

    /// <summary>Tokens wanted; 0 for a claim and where the resource has no capacity.</summary>
    public required int Tokens { get; init; }

    /// <summary>Places of a group, or the line of a realm: nothing that anybody declared, nor that rule 11 keeps for those ahead, as all want the same of it.</summary>
    public bool IsPlace { get; init; }

    /// <summary>The realm whose line this is, or -1.</summary>
    public int Realm { get; init; } = -1;

    /// <summary>The next line of uses of the same resource, with another number of tokens.</summary>
    public Line? Next { get; init; }

    /// <summary>All ready units that want this; null where no other want can ever stand behind it.</summary>
    public Demand? Demand { get; set; }

    /// <summary>Classes of units that cannot start because this cannot be had: rank of the first unit, and class.</summary>
    public LongHeap Blocked;

    /// <summary>Root of the tree of units that could have all they want but stand behind somebody in this line (rule 11), or -1.</summary>
    public int Refused { get; set; } = -1;

    /// <summary>The unit that was taken out of this line to be looked at, and on whose fate the next in it depends, or -1.</summary>
    public int Baton { get; set; } = -1;

    /// <summary>Where the line waits for a release: the resource times two, plus one for what lies below it; -1 if it does not.</summary>
    public int WatchedAt { get; set; } = -1;

    /// <summary>The next line that waits at the same place.</summary>
    public Line? NextWatcher { get; set; }

    /// <summary>Why nobody can have this any more in this run; no reason while somebody can.</summary>
    public SkipCause Lost { get; set; }

    /// <summary>How many units want this.</summary>
    public int UnitCount { get; set; }

    public bool HasWaiters => Blocked.Count > 0 || Refused >= 0;
}

namespace Pexen.Scheduling;

/// <summary>
/// Where ready units stand until they start. A unit is either <em>offered</em> (in one set by rank, to be looked at when a slot is free), or in the
/// heap of its class, or refused in the tree of a line. What is promised: whoever could start and is not offered has somebody of better rank
/// offered on whose fate it hangs (the baton of its line, or the offer of its class). So the first of the offered that can start is the first of all.
/// </summary>
internal sealed class WaitingRoom
{
    private readonly ResourceTree _tree;
    private readonly WaitingClasses _classes;
    private readonly ReservationRule _rule;
    private readonly UnitPlace[] _places;
    private readonly OfferedUnits _offered;
    private readonly ParkedClasses _parked;
    private readonly RefusedTree _refused;
    private readonly WatchedPlaces _watched;
    private readonly LineTurns _turns;

    public WaitingRoom(ScheduleGraph graph, ResourceTree tree, StateTable state, long[] order)
    {
        _tree = tree;
        Lines = new LineTable(graph, _tree);
        _classes = new WaitingClasses(graph, Lines);
        long[] rank = new long[graph.UnitCount];
        _places = new UnitPlace[graph.UnitCount];
        for (int unit = 0; unit < rank.Length; unit++)
        {
            rank[unit] = graph.Rank[unit];
            _places[unit].Where = UnitPlace.Nowhere;
        }

        int[] left = new int[graph.UnitCount];
        int[] right = new int[graph.UnitCount];
        _rule = new ReservationRule(graph, _tree, Lines, state, rank, order);
        _offered = new OfferedUnits(graph.Rank);
        _watched = new WatchedPlaces(_tree, graph.ResourceCount);
        _refused = new RefusedTree(rank, order, left, right);
        _parked = new ParkedClasses(_classes.Count, rank, new UnitHeaps(rank, left, right), _places, _watched);
        _turns = new LineTurns(rank, _tree, _classes, _rule, _places, _offered, _parked, _refused, _watched);
    }

    public LineTable Lines { get; }

    /// <summary>A unit became ready.</summary>
    public void Enter(int unit)
    {
        _rule.Announce(unit);
        int waitingClass = _classes.OfUnit[unit];
        if (waitingClass == 0)
        {
            _turns.Offer(unit, null);
        }
        else if (_parked.Join(waitingClass, unit))
        {
            _turns.OfferClass(waitingClass, null);
        }
    }

    /// <summary>A unit that was ready is skipped or cancelled; its state says so already.</summary>
    public void Leave(int unit)
    {
        int was = _places[unit].Where;
        _places[unit].Where = UnitPlace.Nowhere;
        if (_places[unit].RefusedBy is { } line)
        {
            line.Refused = _refused.Remove(line.Refused, unit);
            _places[unit].RefusedBy = null;
        }

        if (was == UnitPlace.Offered)
        {
            _turns.PassOn(unit);
        }

        WakeThoseBehind(unit);
    }

    /// <summary>
    /// The first in the ready order of all units that may take what they want now, or -1. It stays where it is until <see cref="Take"/>, so that a
    /// unit too wide for the free slots is not passed by.
    /// </summary>
    public int FindNext()
    {
        for (int unit = _offered.First; unit >= 0; unit = _offered.First)
        {
            if (_places[unit].Where != UnitPlace.Offered)
            {
                _offered.Remove(unit);
                continue;
            }

            ReadOnlySpan<Line> wanted = _classes.LinesOf(_classes.OfUnit[unit]);
            if (FindBlocked(wanted) is { } blocked)
            {
                _offered.Remove(unit);
                ReturnToClass(unit, blocked);
            }
            else if (_rule.FindAhead(unit, wanted) is { } ahead)
            {
                _offered.Remove(unit);
                Refuse(unit, ahead);
            }
            else
            {
                return unit;
            }
        }

        return -1;
    }

    /// <summary>The unit that <see cref="FindNext"/> gave starts; its state says so already.</summary>
    public void Take(int unit)
    {
        _offered.Remove(unit);
        _places[unit].Where = UnitPlace.Nowhere;
        foreach (Line line in Lines.OfUnit(unit))
        {
            _tree.Take(line);
        }

        _turns.PassOn(unit);
        WakeThoseBehind(unit);
    }

    /// <summary>What a unit held is free again.</summary>
    public void Release(int unit)
    {
        ReadOnlySpan<Line> held = Lines.OfUnit(unit);
        foreach (Line line in held)
        {
            _tree.Release(line);
        }

        foreach (Line line in held)
        {
            _turns.Wake(line.Resource << 1);
            for (int above = _tree.ParentOf(line.Resource); above >= 0; above = _tree.ParentOf(above))
            {
                _turns.Wake((above << 1) + 1);
            }
        }
    }

    /// <summary>The line that keeps a ready unit from starting, and whether it stands in that line itself.</summary>
    public Line? FindObstacle(int unit, out bool own)
    {
        ReadOnlySpan<Line> wanted = _classes.LinesOf(_classes.OfUnit[unit]);
        Line? blocked = FindBlocked(wanted);
        own = blocked is not null;
        return blocked ?? _rule.FindAhead(unit, wanted);
    }

    /// <summary>The unit ahead of this one in a line.</summary>
    public int FindAhead(int unit, Line line) => _rule.FindAhead(unit, line.Demand!);

    private Line? FindBlocked(ReadOnlySpan<Line> wanted)
    {
        foreach (Line line in wanted)
        {
            if (_tree.Obstruction(line) >= 0)
            {
                return line;
            }
        }

        return null;
    }

    private void ReturnToClass(int unit, Line blocked)
    {
        int waitingClass = _classes.OfUnit[unit];
        _parked.Join(waitingClass, unit);
        if (_parked[waitingClass].Parked is null)
        {
            _parked.Park(waitingClass, blocked);
        }

        _turns.PassOn(unit);
    }

    private void Refuse(int unit, Line ahead)
    {
        _places[unit].Where = UnitPlace.Nowhere;
        _places[unit].RefusedBy = ahead;
        ahead.Refused = _refused.Insert(ahead.Refused, unit);
        _watched.Watch(ahead);
        _turns.PassOn(unit);
    }

    /// <summary>A unit stopped being ready: those refused on its account may no longer be.</summary>
    private void WakeThoseBehind(int unit)
    {
        foreach (Line line in Lines.OfUnit(unit))
        {
            if (line.Refused >= 0)
            {
                _turns.Settle(line);
            }
        }
    }
}

namespace Pexen.Scheduling;

/// <summary>
/// Where ready units stand until they start. A unit is either <em>offered</em> (in one set by rank, to be looked at when a slot is free), or in the
/// list of its class, or refused in the tree of a line. What is promised: whoever could start and is not offered has somebody of better rank
/// offered on whose fate it hangs (the baton of its line, or the offer of its class). So the first of the offered that can start is the first of all.
/// </summary>
internal sealed class WaitingRoom
{
    private readonly ResourceTree _tree;
    private readonly WaitingClasses _classes;
    private readonly ReservationRule _rule;
    private readonly UnitPlaces _places;
    private readonly OfferedUnits _offered;
    private readonly ParkedClasses _parked;
    private readonly RefusedTree _refused;
    private readonly WatchedPlaces _watched;
    private readonly LineTurns _turns;
    private readonly AddedUnits _added;
    private readonly RealmGate? _gate;

    public WaitingRoom(ScheduleGraph graph, ResourceTree tree, StateTable state)
    {
        _tree = tree;
        _gate = tree.Gate;
        Lines = new LineTable(graph, _tree);
        _places = new UnitPlaces(graph);
        _classes = new WaitingClasses(graph, Lines, _places);
        _rule = new ReservationRule(_tree, Lines, _classes, state, _places, graph.ResourceCount);
        _offered = new OfferedUnits(graph);
        _watched = new WatchedPlaces(_tree, graph.ResourceCount);
        _refused = new RefusedTree(_places);
        _parked = new ParkedClasses(_classes, _places, _refused, _watched);
        _turns = new LineTurns(_tree, Lines, _classes, _rule, _places, _offered, _parked, _refused, _watched);
        _added = new AddedUnits(graph, state, this, _tree, _places, _classes, _rule, _offered, _watched);
    }

    public LineTable Lines { get; }

    /// <summary>Place of a unit in the ready order. Asked of the place where the unit will stand, for who is told that is next to enter.</summary>
    public int RankOf(int unit) => _places[unit].Rank;

    /// <summary>A unit became ready.</summary>
    public void Enter(int unit)
    {
        _gate?.Enter(unit);
        _rule.Announce(unit);
        _turns.OfferFresh(unit);
    }

    /// <summary>Makes places for the units that the graph has got.</summary>
    public void Enroll(Predicate<int> keepsLocks) => _added.Enroll(keepsLocks);

    /// <summary>A unit that was ready is skipped, cancelled or waits again; its state says so already.</summary>
    public void Leave(int unit)
    {
        _gate?.Leave(unit);
        _rule.Withdraw(unit);
        ref UnitPlace place = ref _places[unit];
        bool passOn = place.Where == UnitPlace.Offered;
        if (place.Where >= 0)
        {
            Line line = Lines[place.Where];
            line.Refused = _refused.Remove(line.Refused, unit);
        }
        else if (place.Where is UnitPlace.InClass or UnitPlace.Straggling)
        {
            _parked.Leave(_classes.ClassOf(place), unit);
        }

        place.Where = UnitPlace.Nowhere;
        if (passOn)
        {
            _turns.PassOn(unit);
        }

        WakeThoseBehind(unit);
    }

    /// <summary>The same; and when it comes back it is behind those who came meanwhile.</summary>
    public void LeaveAsNew(int unit)
    {
        Leave(unit);
        _places[unit].Order |= UnitPlace.NoSequence;
    }

    /// <summary>
    /// The first in the ready order of all units that may take what they want now, or -1. It stays where it is until <see cref="Take"/>, so that a
    /// unit too wide for the free slots is not passed by.
    /// </summary>
    public int FindNext()
    {
        Draining = -1;
        if (_gate is not null)
        {
            if (_gate.TryWiden())
            {
                _turns.Wake(_gate.Place);
            }

            if (_gate.IsShut)
            {
                return -1;
            }
        }

        for (int unit = _offered.First; unit >= 0; unit = _offered.First)
        {
            ref UnitPlace place = ref _places[unit];
            if (!place.IsOffered)
            {
                _offered.Remove(place.Rank);
                continue;
            }

            ReadOnlySpan<int> wanted = _classes.LinesOf(place);
            Line? blocked = FindBlocked(wanted);
            Line? ahead = blocked is null ? _rule.FindAhead(unit, wanted) : null;
            if (blocked is null && ahead is null)
            {
                Draining = _gate is not null && _gate.HasToDrain(unit) ? unit : -1;
                return Draining < 0 ? unit : -1;
            }

            _offered.Remove(place.Rank);
            if (place.Where == UnitPlace.Fresh)
            {
                _rule.AnnounceRank(unit);
            }

            if (blocked is not null)
            {
                ReturnToClass(unit, blocked);
            }
            else
            {
                Refuse(unit, ahead!);
            }
        }

        return -1;
    }

    /// <summary>After a vain <see cref="FindNext"/> the unit that waits for all that run to end, as it is of an exclusive group; else -1.</summary>
    public int Draining { get; private set; } = -1;

    /// <summary>The unit that <see cref="FindNext"/> gave starts; its state says so already.</summary>
    public void Take(int unit)
    {
        _gate?.Start(unit);
        _rule.Withdraw(unit);
        ref UnitPlace place = ref _places[unit];
        _offered.Remove(place.Rank);
        bool passOn = place.Where == UnitPlace.Offered;
        place.Where = UnitPlace.Nowhere;
        foreach (int number in _classes.LinesOf(place))
        {
            _tree.Take(Lines[number]);
        }

        if (passOn)
        {
            _turns.PassOn(unit);
        }

        WakeThoseBehind(unit);
    }

    /// <summary>What a unit held is free again.</summary>
    /// <param name="unit">The unit, which does not run any more, or is a service that is up.</param>
    /// <param name="places">Its places in groups.</param>
    /// <param name="resources">Its resources.</param>
    public void Release(int unit, bool places = true, bool resources = true)
    {
        if (places)
        {
            _gate?.End();
        }

        ReadOnlySpan<int> held = _classes.LinesOf(_places[unit]);
        foreach (int number in held)
        {
            if (Lines[number].IsPlace ? places : resources)
            {
                _tree.Release(Lines[number]);
            }
        }

        foreach (int number in held)
        {
            if (!(Lines[number].IsPlace ? places : resources))
            {
                continue;
            }

            int resource = Lines[number].Resource;
            _turns.Wake(resource << 1);
            for (int above = _tree.ParentOf(resource); above >= 0; above = _tree.ParentOf(above))
            {
                _turns.Wake((above << 1) + 1);
            }
        }
    }

    /// <summary>A service is up: those it waits for are looked at again that were refused for the sake of others (rule 11).</summary>
    public void OfferRefused(IEnumerable<int> units)
    {
        foreach (int unit in units)
        {
            ref UnitPlace place = ref _places[unit];
            if (place.Where >= 0)
            {
                Line line = Lines[place.Where];
                line.Refused = _refused.Remove(line.Refused, unit);
                _turns.OfferAgain(unit);
            }
        }
    }

    public void Heed(Lifetimes lifetimes) => _rule.Lifetimes = lifetimes;

    /// <summary>The line that keeps a ready unit from starting, and whether it stands in that line itself.</summary>
    public Line? FindObstacle(int unit, out bool own)
    {
        AnnounceTheFresh();
        ReadOnlySpan<int> wanted = _classes.LinesOf(_places[unit]);
        Line? blocked = FindBlocked(wanted);
        own = blocked is not null;
        return blocked ?? _rule.FindAhead(unit, wanted);
    }

    /// <summary>The unit ahead of this one in a line.</summary>
    public int FindAhead(int unit, Line line) => _rule.FindAhead(unit, line.Demand!);

    /// <summary>Who asks out of turn has to know of those before it that have not been looked at.</summary>
    private void AnnounceTheFresh()
    {
        for (int unit = 0; unit < _places.Count; unit++)
        {
            if (_places[unit].Where == UnitPlace.Fresh)
            {
                _places[unit].Where = UnitPlace.Offered;
                _rule.AnnounceRank(unit);
            }
        }
    }

    private Line? FindBlocked(ReadOnlySpan<int> wanted)
    {
        foreach (int number in wanted)
        {
            Line line = Lines[number];
            if (_tree.Obstruction(line) >= 0)
            {
                return line;
            }
        }

        return null;
    }

    private void ReturnToClass(int unit, Line blocked)
    {
        int waitingClass = _classes.ClassOf(_places[unit]);
        _parked.Join(waitingClass, unit);
        if (_classes[waitingClass].Parked < 0)
        {
            _parked.Park(waitingClass, blocked);
        }

        _turns.PassOn(unit);
    }

    private void Refuse(int unit, Line ahead)
    {
        bool passOn = _places[unit].Where == UnitPlace.Offered;
        _places[unit].Where = ahead.Number;
        ahead.Refused = _refused.Insert(ahead.Refused, unit);
        _watched.Watch(ahead);
        if (passOn)
        {
            _turns.PassOn(unit);
        }
    }

    /// <summary>A unit stopped being ready: those refused on its account may no longer be.</summary>
    private void WakeThoseBehind(int unit)
    {
        foreach (int number in _classes.LinesOf(_places[unit]))
        {
            Line line = Lines[number];
            if (line.Refused >= 0)
            {
                _turns.Settle(line);
            }
        }
    }
}

namespace Pexen.Scheduling;

/// <summary>
/// Where ready units stand until they start. A unit is either <em>offered</em> (in one set by rank, to be looked at when a slot is free), or in the
/// heap of its class, or refused in the tree of a line. What is promised: whoever could start and is not offered has somebody of better rank
/// offered on whose fate it hangs (the baton of its line, or the offer of its class). So the first of the offered that can start is the first of all.
/// </summary>
internal sealed class WaitingRoom
{
    private const int Nowhere = -1;
    private const int Offered = -2;
    private const int InClass = -3;

    private readonly ResourceTree _tree;
    private readonly LineTable _lineTable;
    private readonly WaitingClasses _classes;
    private readonly ReservationRule _rule;
    private readonly long[] _rank;
    private readonly int[] _left;
    private readonly int[] _right;
    private readonly RefusedTree _refused;
    private readonly ClassPlace[] _groups;
    private readonly UnitPlace[] _places;
    private readonly Line?[] _watchers;
    private readonly RankSet _offers;
    private readonly int[] _unitOfRank;

    public WaitingRoom(ScheduleGraph graph, ResourceTree tree, UnitState[] state, long[] order)
    {
        _tree = tree;
        _lineTable = new LineTable(graph, _tree);
        _classes = new WaitingClasses(graph, _lineTable);
        _rank = new long[graph.UnitCount];
        _rule = new ReservationRule(graph, _tree, _lineTable, state, _rank, order);
        _left = new int[graph.UnitCount];
        _right = new int[graph.UnitCount];
        _refused = new RefusedTree(_rank, order, _left, _right);
        _groups = new ClassPlace[_classes.Count];
        for (int group = 0; group < _groups.Length; group++)
        {
            _groups[group].Root = _groups[group].Offer = -1;
        }

        int ranks = 0;
        _places = new UnitPlace[graph.UnitCount];
        for (int unit = 0; unit < _places.Length; unit++)
        {
            _places[unit].Where = Nowhere;
            _rank[unit] = graph.Rank[unit];
            ranks = Math.Max(ranks, graph.Rank[unit] + 1);
        }

        _offers = new RankSet(ranks);
        _unitOfRank = new int[ranks];
        for (int unit = 0; unit < _places.Length; unit++)
        {
            _unitOfRank[graph.Rank[unit]] = unit;
        }

        _watchers = new Line?[graph.ResourceCount * 2];
    }

    public LineTable Lines => _lineTable;

    /// <summary>A unit became ready.</summary>
    public void Enter(int unit)
    {
        _rule.Announce(unit);
        int waitingClass = _classes.OfUnit[unit];
        if (waitingClass == 0)
        {
            Offer(unit, null);
        }
        else
        {
            JoinClass(unit);
        }
    }

    /// <summary>A unit that was ready is skipped or cancelled; its state says so already.</summary>
    public void Leave(int unit)
    {
        int was = _places[unit].Where;
        _places[unit].Where = Nowhere;
        if (_places[unit].RefusedBy is { } line)
        {
            line.Refused = _refused.Remove(line.Refused, unit);
            _places[unit].RefusedBy = null;
        }

        if (was == Offered)
        {
            PassOn(unit);
        }

        WakeThoseBehind(unit);
    }

    /// <summary>
    /// The first in the ready order of all units that may take what they want now, or -1. It stays where it is until <see cref="Take"/>, so that a
    /// unit too wide for the free slots is not passed by.
    /// </summary>
    public int FindNext()
    {
        for (int first = _offers.First; first >= 0; first = _offers.First)
        {
            int unit = _unitOfRank[first];
            if (_places[unit].Where != Offered)
            {
                _offers.Remove(first);
                continue;
            }

            ReadOnlySpan<Line> wanted = _classes.LinesOf(_classes.OfUnit[unit]);
            if (FindBlocked(wanted) is { } blocked)
            {
                _offers.Remove(first);
                ReturnToClass(unit, blocked);
            }
            else if (_rule.FindAhead(unit, wanted) is { } ahead)
            {
                _offers.Remove(first);
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
        _offers.Remove((int)_rank[unit]);
        _places[unit].Where = Nowhere;
        foreach (Line line in _lineTable.OfUnit(unit))
        {
            _tree.Take(line);
        }

        PassOn(unit);
        WakeThoseBehind(unit);
    }

    /// <summary>What a unit held is free again.</summary>
    public void Release(int unit)
    {
        ReadOnlySpan<Line> held = _lineTable.OfUnit(unit);
        foreach (Line line in held)
        {
            _tree.Release(line);
        }

        foreach (Line line in held)
        {
            Wake(line.Resource << 1);
            for (int above = _tree.ParentOf(line.Resource); above >= 0; above = _tree.ParentOf(above))
            {
                Wake((above << 1) + 1);
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

    private void Offer(int unit, Line? from)
    {
        _places[unit].Where = Offered;
        _places[unit].Source = from;
        _offers.Add((int)_rank[unit]);
    }

    /// <summary>An offered unit started or went elsewhere: those that hung on it are looked at.</summary>
    private void PassOn(int unit)
    {
        int waitingClass = _classes.OfUnit[unit];
        if (waitingClass != 0)
        {
            if (_groups[waitingClass].Offer == unit)
            {
                _groups[waitingClass].Offer = -1;
            }

            OfferClass(waitingClass, null);
        }

        if (_places[unit].Source is { } line)
        {
            _places[unit].Source = null;
            if (line.Baton == unit)
            {
                line.Baton = -1;
            }

            Settle(line);
        }
    }

    /// <summary>A unit stopped being ready: those refused on its account may no longer be.</summary>
    private void WakeThoseBehind(int unit)
    {
        foreach (Line line in _lineTable.OfUnit(unit))
        {
            if (line.Refused >= 0)
            {
                Settle(line);
            }
        }
    }

    private void JoinClass(int unit)
    {
        _places[unit].Where = InClass;
        _left[unit] = _right[unit] = -1;
        int waitingClass = _classes.OfUnit[unit];
        _groups[waitingClass].Root = Merge(_groups[waitingClass].Root, unit);
        if (_groups[waitingClass].Root == unit)
        {
            OfferClass(waitingClass, null);
        }
    }

    private void ReturnToClass(int unit, Line blocked)
    {
        _places[unit].Where = InClass;
        _left[unit] = _right[unit] = -1;
        int waitingClass = _classes.OfUnit[unit];
        _groups[waitingClass].Root = Merge(_groups[waitingClass].Root, unit);
        if (_groups[waitingClass].Parked is null)
        {
            Park(waitingClass, blocked);
        }

        PassOn(unit);
    }

    private void Refuse(int unit, Line ahead)
    {
        _places[unit].Where = Nowhere;
        _places[unit].RefusedBy = ahead;
        ahead.Refused = _refused.Insert(ahead.Refused, unit);
        Watch(ahead);
        PassOn(unit);
    }

    private void Park(int waitingClass, Line line)
    {
        _groups[waitingClass].Parked = line;
        Enlist(waitingClass, line);
        Watch(line);
    }

    private void Enlist(int waitingClass, Line line)
    {
        long first = _rank[_groups[waitingClass].Root];
        _groups[waitingClass].ParkedRank = first;
        line.Blocked.Push(first << 32 | (uint)waitingClass);
    }

    /// <summary>
    /// Sees to it that the first of a class is offered, unless the class is parked. Whether it can have what it wants is asked when its turn
    /// comes: most of those offered are not looked at before something else has changed. True when one was offered now, in the name of the
    /// line that it came from.
    /// </summary>
    private bool OfferClass(int waitingClass, Line? from)
    {
        int first = FirstOf(waitingClass);
        if (first < 0)
        {
            return false;
        }

        if (_groups[waitingClass].Parked is { } parked)
        {
            if (_rank[first] < _groups[waitingClass].ParkedRank)
            {
                Enlist(waitingClass, parked);
                Settle(parked);
            }

            return false;
        }

        int offered = _groups[waitingClass].Offer;
        if (offered >= 0 && _rank[offered] < _rank[first])
        {
            return false;
        }

        _groups[waitingClass].Root = Merge(_left[first], _right[first]);
        _groups[waitingClass].Offer = first;
        Offer(first, from);
        return true;
    }

    /// <summary>The first unit of a class that still waits in it, or -1.</summary>
    private int FirstOf(int waitingClass)
    {
        int first = _groups[waitingClass].Root;
        while (first >= 0 && _places[first].Where != InClass)
        {
            first = Merge(_left[first], _right[first]);
        }

        return _groups[waitingClass].Root = first;
    }

    /// <summary>Offers the first in a line who may have a chance now, unless somebody before it is being looked at; else the line goes on watching.</summary>
    private void Settle(Line line)
    {
        while (line.HasWaiters)
        {
            bool blocked = _tree.Obstruction(line) >= 0;
            int unit = FindRefusedNoMore(line, blocked);
            int waitingClass = blocked ? -1 : FirstBlockedClass(line);
            int first = waitingClass >= 0 && (unit < 0 || _rank[_groups[waitingClass].Root] < _rank[unit]) ? _groups[waitingClass].Root : unit;
            if (blocked)
            {
                Watch(line);
            }

            if (first < 0 || line.Baton >= 0 && _rank[line.Baton] < _rank[first])
            {
                return;
            }

            if (first == unit)
            {
                line.Refused = _refused.Remove(line.Refused, unit);
                _places[unit].RefusedBy = null;
                line.Baton = unit;
                Offer(unit, line);
                return;
            }

            line.Blocked.Pop();
            _groups[waitingClass].Parked = null;
            if (OfferClass(waitingClass, line))
            {
                line.Baton = first;
                return;
            }
        }
    }

    private int FindRefusedNoMore(Line line, bool blocked)
    {
        if (line.Refused < 0)
        {
            return -1;
        }

        if (!blocked)
        {
            return _refused.FindFirst(line.Refused, long.MaxValue);
        }

        int unit = _refused.FindFirst(line.Refused, _rule.FirstOrder(line.Demand));
        return unit >= 0 && _rank[unit] < _rule.FirstRank(line.Demand) ? unit : -1;
    }

    /// <summary>The class at the front of those blocked here; entries that say what is no longer so are dropped or put right.</summary>
    private int FirstBlockedClass(Line line)
    {
        while (line.Blocked.Count > 0)
        {
            long entry = line.Blocked.Top;
            int waitingClass = (int)entry;
            if (ReferenceEquals(_groups[waitingClass].Parked, line))
            {
                int first = FirstOf(waitingClass);
                if (first >= 0 && _rank[first] == entry >> 32)
                {
                    return waitingClass;
                }

                if (first < 0)
                {
                    _groups[waitingClass].Parked = null;
                }
                else if (_rank[first] > entry >> 32)
                {
                    Enlist(waitingClass, line);
                }
            }

            line.Blocked.Pop();
        }

        return -1;
    }

    private void Watch(Line line)
    {
        if (line.WatchedAt >= 0)
        {
            return;
        }

        int at = _tree.Obstruction(line);
        line.WatchedAt = at;
        line.NextWatcher = _watchers[at];
        _watchers[at] = line;
    }

    private void Wake(int at)
    {
        Line? line = _watchers[at];
        _watchers[at] = null;
        while (line is not null)
        {
            Line? next = line.NextWatcher;
            line.WatchedAt = -1;
            line.NextWatcher = null;
            Settle(line);
            line = next;
        }
    }

    /// <summary>Joins two heaps of units by rank (skew heaps, their links in arrays over all units).</summary>
    private int Merge(int first, int second)
    {
        int root = -1;
        int above = -1;
        while (first >= 0 && second >= 0)
        {
            if (_rank[second] < _rank[first])
            {
                (first, second) = (second, first);
            }

            if (above < 0)
            {
                root = first;
            }
            else
            {
                _left[above] = first;
            }

            above = first;
            int rest = _right[first];
            _right[first] = _left[first];
            first = rest;
        }

        int last = first >= 0 ? first : second;
        if (above < 0)
        {
            return last;
        }

        _left[above] = last;
        return root;
    }

    /// <summary>Where a ready unit stands. Together, because all of it is looked at together.</summary>
    private struct UnitPlace
    {
        public Line? Source;
        public Line? RefusedBy;
        public int Where;
    }

    /// <summary>The units of a class that wait in it, the one that is offered for it, and the line in which it is parked with the rank it has there.</summary>
    private struct ClassPlace
    {
        public Line? Parked;
        public long ParkedRank;
        public int Root;
        public int Offer;
    }
}

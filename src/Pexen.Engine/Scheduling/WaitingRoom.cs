namespace Pexen.Scheduling;

/// <summary>
/// Where ready units stand until they start. A unit is either <em>offered</em> (in one heap by rank, to be looked at when a slot is free), or in the
/// heap of its class, or refused in the tree of a line. What is promised: whoever could start and is not offered has somebody of better rank
/// offered on whose fate it hangs (the baton of its line, or the offer of its class). So the first in the heap that can start is the first of all.
/// </summary>
internal sealed class WaitingRoom
{
    private const int Nowhere = -1;
    private const int Offered = -2;
    private const int InClass = -3;

    private readonly ResourceTree tree;
    private readonly LineTable lineTable;
    private readonly WaitingClasses classes;
    private readonly ReservationRule rule;
    private readonly long[] rank;
    private readonly int[] left;
    private readonly int[] right;
    private readonly RefusedTree refused;
    private readonly ClassPlace[] groups;
    private readonly UnitPlace[] places;
    private readonly Line?[] watchers;
    private LongHeap offers;

    public WaitingRoom(ScheduleGraph graph, ResourceTree tree, UnitState[] state, long[] order)
    {
        this.tree = tree;
        lineTable = new LineTable(graph, tree);
        classes = new WaitingClasses(graph, lineTable);
        rank = new long[graph.UnitCount];
        rule = new ReservationRule(graph, tree, lineTable, state, rank, order);
        left = new int[graph.UnitCount];
        right = new int[graph.UnitCount];
        refused = new RefusedTree(rank, order, left, right);
        groups = new ClassPlace[classes.Count];
        for (int group = 0; group < groups.Length; group++)
        {
            groups[group].Root = groups[group].Offer = -1;
        }

        places = new UnitPlace[graph.UnitCount];
        for (int unit = 0; unit < places.Length; unit++)
        {
            places[unit].Where = Nowhere;
            rank[unit] = graph.Rank[unit];
        }

        watchers = new Line?[graph.ResourceCount * 2];
    }

    public LineTable Lines => lineTable;

    /// <summary>A unit became ready.</summary>
    public void Enter(int unit)
    {
        rule.Announce(unit);
        int waitingClass = classes.OfUnit[unit];
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
        int was = places[unit].Where;
        places[unit].Where = Nowhere;
        if (places[unit].RefusedBy is { } line)
        {
            line.Refused = refused.Remove(line.Refused, unit);
            places[unit].RefusedBy = null;
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
        while (offers.Count > 0)
        {
            int unit = (int)offers.Top;
            if (places[unit].Where != Offered)
            {
                offers.Pop();
                continue;
            }

            ReadOnlySpan<Line> wanted = classes.LinesOf(classes.OfUnit[unit]);
            if (FindBlocked(wanted) is { } blocked)
            {
                offers.Pop();
                ReturnToClass(unit, blocked);
            }
            else if (rule.FindAhead(unit, wanted) is { } ahead)
            {
                offers.Pop();
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
        offers.Pop();
        places[unit].Where = Nowhere;
        foreach (Line line in lineTable.OfUnit(unit))
        {
            tree.Take(line);
        }

        PassOn(unit);
        WakeThoseBehind(unit);
    }

    /// <summary>What a unit held is free again.</summary>
    public void Release(int unit)
    {
        ReadOnlySpan<Line> held = lineTable.OfUnit(unit);
        foreach (Line line in held)
        {
            tree.Release(line);
        }

        foreach (Line line in held)
        {
            Wake(line.Resource << 1);
            for (int above = tree.ParentOf(line.Resource); above >= 0; above = tree.ParentOf(above))
            {
                Wake((above << 1) + 1);
            }
        }
    }

    /// <summary>The line that keeps a ready unit from starting, and whether it stands in that line itself.</summary>
    public Line? FindObstacle(int unit, out bool own)
    {
        ReadOnlySpan<Line> wanted = classes.LinesOf(classes.OfUnit[unit]);
        Line? blocked = FindBlocked(wanted);
        own = blocked is not null;
        return blocked ?? rule.FindAhead(unit, wanted);
    }

    /// <summary>The unit ahead of this one in a line.</summary>
    public int FindAhead(int unit, Line line) => rule.FindAhead(unit, line.Demand!);

    private Line? FindBlocked(ReadOnlySpan<Line> wanted)
    {
        foreach (Line line in wanted)
        {
            if (tree.Obstruction(line) >= 0)
            {
                return line;
            }
        }

        return null;
    }

    private void Offer(int unit, Line? from)
    {
        places[unit].Where = Offered;
        places[unit].Source = from;
        offers.Push(rank[unit] << 32 | (uint)unit);
    }

    /// <summary>An offered unit started or went elsewhere: those that hung on it are looked at.</summary>
    private void PassOn(int unit)
    {
        int waitingClass = classes.OfUnit[unit];
        if (waitingClass != 0)
        {
            if (groups[waitingClass].Offer == unit)
            {
                groups[waitingClass].Offer = -1;
            }

            OfferClass(waitingClass, null);
        }

        if (places[unit].Source is { } line)
        {
            places[unit].Source = null;
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
        foreach (Line line in lineTable.OfUnit(unit))
        {
            if (line.Refused >= 0)
            {
                Settle(line);
            }
        }
    }

    private void JoinClass(int unit)
    {
        places[unit].Where = InClass;
        left[unit] = right[unit] = -1;
        int waitingClass = classes.OfUnit[unit];
        groups[waitingClass].Root = Merge(groups[waitingClass].Root, unit);
        if (groups[waitingClass].Root == unit)
        {
            OfferClass(waitingClass, null);
        }
    }

    private void ReturnToClass(int unit, Line blocked)
    {
        places[unit].Where = InClass;
        left[unit] = right[unit] = -1;
        int waitingClass = classes.OfUnit[unit];
        groups[waitingClass].Root = Merge(groups[waitingClass].Root, unit);
        if (groups[waitingClass].Parked is null)
        {
            Park(waitingClass, blocked);
        }

        PassOn(unit);
    }

    private void Refuse(int unit, Line ahead)
    {
        places[unit].Where = Nowhere;
        places[unit].RefusedBy = ahead;
        ahead.Refused = refused.Insert(ahead.Refused, unit);
        Watch(ahead);
        PassOn(unit);
    }

    private void Park(int waitingClass, Line line)
    {
        groups[waitingClass].Parked = line;
        Enlist(waitingClass, line);
        Watch(line);
    }

    private void Enlist(int waitingClass, Line line)
    {
        long first = rank[groups[waitingClass].Root];
        groups[waitingClass].ParkedRank = first;
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

        if (groups[waitingClass].Parked is { } parked)
        {
            if (rank[first] < groups[waitingClass].ParkedRank)
            {
                Enlist(waitingClass, parked);
                Settle(parked);
            }

            return false;
        }

        int offered = groups[waitingClass].Offer;
        if (offered >= 0 && rank[offered] < rank[first])
        {
            return false;
        }

        groups[waitingClass].Root = Merge(left[first], right[first]);
        groups[waitingClass].Offer = first;
        Offer(first, from);
        return true;
    }

    /// <summary>The first unit of a class that still waits in it, or -1.</summary>
    private int FirstOf(int waitingClass)
    {
        int first = groups[waitingClass].Root;
        while (first >= 0 && places[first].Where != InClass)
        {
            first = Merge(left[first], right[first]);
        }

        return groups[waitingClass].Root = first;
    }

    /// <summary>Offers the first in a line who may have a chance now, unless somebody before it is being looked at; else the line goes on watching.</summary>
    private void Settle(Line line)
    {
        while (line.HasWaiters)
        {
            bool blocked = tree.Obstruction(line) >= 0;
            int unit = FindRefusedNoMore(line, blocked);
            int waitingClass = blocked ? -1 : FirstBlockedClass(line);
            int first = waitingClass >= 0 && (unit < 0 || rank[groups[waitingClass].Root] < rank[unit]) ? groups[waitingClass].Root : unit;
            if (blocked)
            {
                Watch(line);
            }

            if (first < 0 || line.Baton >= 0 && rank[line.Baton] < rank[first])
            {
                return;
            }

            if (first == unit)
            {
                line.Refused = refused.Remove(line.Refused, unit);
                places[unit].RefusedBy = null;
                line.Baton = unit;
                Offer(unit, line);
                return;
            }

            line.Blocked.Pop();
            groups[waitingClass].Parked = null;
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
            return refused.FindFirst(line.Refused, long.MaxValue);
        }

        int unit = refused.FindFirst(line.Refused, rule.FirstOrder(line.Demand));
        return unit >= 0 && rank[unit] < rule.FirstRank(line.Demand) ? unit : -1;
    }

    /// <summary>The class at the front of those blocked here; entries that say what is no longer so are dropped or put right.</summary>
    private int FirstBlockedClass(Line line)
    {
        while (line.Blocked.Count > 0)
        {
            long entry = line.Blocked.Top;
            int waitingClass = (int)entry;
            if (ReferenceEquals(groups[waitingClass].Parked, line))
            {
                int first = FirstOf(waitingClass);
                if (first >= 0 && rank[first] == entry >> 32)
                {
                    return waitingClass;
                }

                if (first < 0)
                {
                    groups[waitingClass].Parked = null;
                }
                else if (rank[first] > entry >> 32)
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

        int at = tree.Obstruction(line);
        line.WatchedAt = at;
        line.NextWatcher = watchers[at];
        watchers[at] = line;
    }

    private void Wake(int at)
    {
        Line? line = watchers[at];
        watchers[at] = null;
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
            if (rank[second] < rank[first])
            {
                (first, second) = (second, first);
            }

            if (above < 0)
            {
                root = first;
            }
            else
            {
                left[above] = first;
            }

            above = first;
            int rest = right[first];
            right[first] = left[first];
            first = rest;
        }

        int last = first >= 0 ? first : second;
        if (above < 0)
        {
            return last;
        }

        left[above] = last;
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

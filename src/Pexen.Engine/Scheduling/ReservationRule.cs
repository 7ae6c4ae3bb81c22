namespace Pexen.Scheduling;

/// <summary>
/// Rule 11. A hold is refused while another ready unit is ahead that wants something which cannot be had now because of present holders, and in
/// whose way the hold would stand. Ahead is: first in the ready order, or of equal priority and ready for longer.
/// </summary>
internal sealed class ReservationRule
{
    private readonly ScheduleGraph _graph;
    private readonly ResourceTree _tree;
    private readonly LineTable _lines;
    private readonly StateTable _state;
    private readonly long[] _rank;
    private readonly long[] _order;
    private readonly List<int> _unitBySequence = [];
    private readonly Demand?[] _claimsBelow;

    public ReservationRule(ScheduleGraph graph, ResourceTree tree, LineTable lines, StateTable state, long[] rank, long[] order)
    {
        _graph = graph;
        _tree = tree;
        _lines = lines;
        _state = state;
        _rank = rank;
        _order = order;
        _claimsBelow = new Demand?[_graph.ResourceCount];
    }

    /// <summary>Says that a ready unit is there and what it wants. The first time it also gets its place among those of its priority.</summary>
    public void Announce(int unit)
    {
        if (_order[unit] < 0)
        {
            _order[unit] = ((long)_graph.Priority[unit] - int.MinValue) << 31 | (uint)_unitBySequence.Count;
            _unitBySequence.Add(unit);
        }

        foreach (Line line in _lines.OfUnit(unit))
        {
            if (line.Demand is { } demand)
            {
                Add(demand, unit);
            }

            if (line.Mode == HoldMode.Claim)
            {
                for (int above = _tree.ParentOf(line.Resource); above >= 0; above = _tree.ParentOf(above))
                {
                    Add(_claimsBelow[above] ??= new Demand(), unit);
                }
            }
        }
    }

    /// <summary>A line in which somebody ahead of the unit waits whom it would get in the way of, or null. All that it wants can be had now.</summary>
    public Line? FindAhead(int unit, ReadOnlySpan<Line> wanted)
    {
        foreach (Line line in wanted)
        {
            int resource = line.Resource;
            Line? found = line.Mode == HoldMode.Use ? FindAheadOfUse(unit, line) : null;
            for (int above = _tree.ParentOf(resource); above >= 0 && found is null; above = _tree.ParentOf(above))
            {
                found = FindBlocked(unit, _lines.ClaimOf(above));
                if (line.Mode == HoldMode.Claim)
                {
                    found ??= FindBlockedUse(unit, above);
                }
            }

            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>Somebody ahead of the unit among those who want this, or -1.</summary>
    public int FindAhead(int unit, Demand demand)
    {
        if (FirstRank(demand) < _rank[unit])
        {
            return (int)demand.ByRank.Top;
        }

        return FirstOrder(demand) < _order[unit] ? _unitBySequence[(int)(demand.ByOrder.Top & int.MaxValue)] : -1;
    }

    /// <summary>The lowest rank among the ready units that want this.</summary>
    public long FirstRank(Demand? demand)
    {
        if (demand is null)
        {
            return long.MaxValue;
        }

        while (!demand.ByRank.IsEmpty)
        {
            int unit = (int)demand.ByRank.Top;
            if (_state[unit] == UnitState.Ready)
            {
                return _rank[unit];
            }

            demand.ByRank.Pop();
        }

        return long.MaxValue;
    }

    /// <summary>The same by priority and by how long they are ready.</summary>
    public long FirstOrder(Demand? demand)
    {
        if (demand is null)
        {
            return long.MaxValue;
        }

        while (!demand.ByOrder.IsEmpty)
        {
            long first = demand.ByOrder.Top;
            if (_state[_unitBySequence[(int)(first & int.MaxValue)]] == UnitState.Ready)
            {
                return first;
            }

            demand.ByOrder.Pop();
        }

        return long.MaxValue;
    }

    private void Add(Demand demand, int unit)
    {
        demand.ByRank.Push(_rank[unit] << 32 | (uint)unit);
        demand.ByOrder.Push(_order[unit]);
    }

    private Line? FindAheadOfUse(int unit, Line use)
    {
        Line? found = FindBlocked(unit, _lines.ClaimOf(use.Resource));
        if (found is null && use.Tokens > 0)
        {
            found = FindBlockedUse(unit, use.Resource);
        }

        return found ?? (_tree.FirstChildOf(use.Resource) >= 0 ? FindBlockedClaimBelow(unit, use.Resource) : null);
    }

    private Line? FindBlockedUse(int unit, int resource)
    {
        Line? line = _lines.FirstUseOf(resource);
        while (line is not null && FindBlocked(unit, line) is null)
        {
            line = line.Next;
        }

        return line;
    }

    private Line? FindBlocked(int unit, Line? line) =>
        line?.Demand is { } demand && _tree.Obstruction(line) >= 0 && FindAhead(unit, demand) >= 0 ? line : null;

    /// <summary>
    /// A claim below the resource is blocked where the resource, or what lies between, or the claimed, or something below that is used now. So it
    /// is enough to look around what is used now, which is little, instead of at all that lies below.
    /// </summary>
    private Line? FindBlockedClaimBelow(int unit, int resource)
    {
        if (_claimsBelow[resource] is null)
        {
            return null;
        }

        if (_tree.IsUsedAtOrAbove(resource))
        {
            return FindClaimBelow(unit, resource);
        }

        foreach (int used in _tree.Used)
        {
            if (!_tree.IsBelow(used, resource))
            {
                continue;
            }

            Line? found = FindClaimBelow(unit, used);
            for (int node = used; node != resource && found is null; node = _tree.ParentOf(node))
            {
                found = FindBlocked(unit, _lines.ClaimOf(node));
            }

            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }

    private Line? FindClaimBelow(int unit, int resource)
    {
        int ahead = _claimsBelow[resource] is { } demand ? FindAhead(unit, demand) : -1;
        if (ahead < 0)
        {
            return null;
        }

        foreach (Line line in _lines.OfUnit(ahead))
        {
            if (line.Mode == HoldMode.Claim && _tree.IsBelow(line.Resource, resource))
            {
                return line;
            }
        }

        return null;
    }
}

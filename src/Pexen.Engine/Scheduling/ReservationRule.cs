namespace Pexen.Scheduling;

/// <summary>
/// Rule 11. A hold is refused while another ready unit is ahead that wants something which cannot be had now because of present holders, and in
/// whose way the hold would stand. Ahead is: first in the ready order, or of equal priority and ready for longer.
/// </summary>
internal sealed class ReservationRule
{
    private readonly ResourceTree _tree;
    private readonly LineTable _lines;
    private readonly WaitingClasses _classes;
    private readonly StateTable _state;
    private readonly UnitPlaces _places;
    private readonly List<int> _unitBySequence = [];
    private readonly FlagList _readyBySequence = new();
    private Demand?[] _claimsBelow;

    /// <summary>Null where there are no services.</summary>
    public Lifetimes? Lifetimes { get; set; }

    public ReservationRule(ResourceTree tree, LineTable lines, WaitingClasses classes, StateTable state, UnitPlaces places, int resourceCount)
    {
        _tree = tree;
        _lines = lines;
        _classes = classes;
        _state = state;
        _places = places;
        _claimsBelow = new Demand?[resourceCount];
    }

    public void Grow(int resourceCount) => Growth.Reserve(ref _claimsBelow, resourceCount, null);

    /// <summary>Others have come who have to know of those who want this: ready units that were not announced in this line say it now.</summary>
    public void AnnounceAll(Line line, IEnumerable<int> units)
    {
        foreach (int unit in units)
        {
            if (_state[unit] == UnitState.Ready)
            {
                line.Demand!.ByOrder.Push(_places[unit].Order);
                line.Demand.ByRank.Push((long)_places[unit].Rank << 32 | (uint)unit);
            }
        }
    }

    /// <summary>All ranks are given anew, in the same order.</summary>
    public void Renumber(Func<long, long> change)
    {
        for (int number = 0; number < _lines.Count; number++)
        {
            _lines[number].Demand?.ByRank.Map(change);
        }

        foreach (Demand? demand in _claimsBelow)
        {
            demand?.ByRank.Map(change);
        }
    }

    /// <summary>
    /// Says that a ready unit is there and what it wants, to those who became ready later. The first time it also gets its place among those of
    /// its priority.
    /// </summary>
    public void Announce(int unit)
    {
        ref UnitPlace place = ref _places[unit];
        if (place.Sequence == UnitPlace.NoSequence)
        {
            place.Order = place.Order & ~(long)UnitPlace.NoSequence | (uint)_unitBySequence.Count;
            _unitBySequence.Add(unit);
        }

        _readyBySequence.Set(place.Sequence);
        foreach (int number in _classes.LinesOf(place))
        {
            Line line = _lines[number];
            line.Demand?.ByOrder.Push(place.Order);
            for (int above = AboveClaim(line); above >= 0; above = _tree.ParentOf(above))
            {
                (_claimsBelow[above] ??= new Demand()).ByOrder.Push(place.Order);
            }
        }
    }

    /// <summary>
    /// Says the same to those behind it in rank. Not before it was looked at in vain: units are looked at in the order of rank, so nobody behind
    /// it is looked at before, and most start when they are first looked at and never need to be announced like this.
    /// </summary>
    public void AnnounceRank(int unit)
    {
        long entry = (long)_places[unit].Rank << 32 | (uint)unit;
        foreach (int number in _classes.LinesOf(_places[unit]))
        {
            Line line = _lines[number];
            line.Demand?.ByRank.Push(entry);
            for (int above = AboveClaim(line); above >= 0; above = _tree.ParentOf(above))
            {
                _claimsBelow[above]!.ByRank.Push(entry);
            }
        }
    }

    /// <summary>The unit is no longer ready. Its entries go when they come to the front.</summary>
    public void Withdraw(int unit) => _readyBySequence.Clear(_places[unit].Sequence);

    /// <summary>A line in which somebody ahead of the unit waits whom it would get in the way of, or null. All that it wants can be had now.</summary>
    public Line? FindAhead(int unit, ReadOnlySpan<int> wanted)
    {
        foreach (int number in wanted)
        {
            Line line = _lines[number];
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
        if (FirstRank(demand) < _places[unit].Rank)
        {
            return (int)demand.ByRank.Top;
        }

        return FirstOrder(demand) < _places[unit].Order ? _unitBySequence[(int)(demand.ByOrder.Top & int.MaxValue)] : -1;
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
                return demand.ByRank.Top >> 32;
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
            if (_readyBySequence[(int)(first & int.MaxValue)])
            {
                return first;
            }

            demand.ByOrder.Pop();
        }

        return long.MaxValue;
    }

    /// <summary>What is above a claim, or -1; uses are of no interest to those above.</summary>
    private int AboveClaim(Line line) => line.Mode == HoldMode.Claim ? _tree.ParentOf(line.Resource) : -1;

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
        line?.Demand is { } demand && _tree.Obstruction(line) >= 0 && FindAhead(unit, demand) >= 0
        && (Lifetimes is null || !Lifetimes.IsExempt(unit, line)) ? line : null;

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

        if (Lifetimes is not null && Lifetimes.IsAwaited(unit))
        {
            return FindBlockedClaimOneByOne(unit, resource);
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

    /// <summary>For a unit that some of those ahead are no matter to.</summary>
    private Line? FindBlockedClaimOneByOne(int unit, int resource)
    {
        for (int number = 0; number < _lines.Count; number++)
        {
            Line line = _lines[number];
            if (line.Mode == HoldMode.Claim && _tree.IsBelow(line.Resource, resource) && FindBlocked(unit, line) is not null)
            {
                return line;
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

namespace Pexen.Scheduling;

/// <summary>All lines of a run, and in which of them each unit stands while it is ready.</summary>
internal sealed class LineTable
{
    private readonly ScheduleGraph _graph;
    private readonly ResourceTree _tree;
    private readonly List<Line> _lines = [];
    private readonly LineUnits _units;
    private readonly GroupPlaces? _places;
    private Line?[] _claimOf;
    private Line?[] _firstUseOf;
    private KeptMark[] _keptAbove = [];
    private KeptMark[] _keptBelow = [];

    public LineTable(ScheduleGraph graph, ResourceTree tree)
    {
        _graph = graph;
        _tree = tree;
        _places = graph.Places;
        _claimOf = new Line?[_graph.ResourceCount];
        _firstUseOf = new Line?[_graph.ResourceCount];
        _units = new LineUnits(_graph, this);
        AddLines();
        foreach (Line line in _lines)
        {
            DecideDemand(line);
        }
    }

    public int Count => _lines.Count;

    public Line this[int number] => _lines[number];

    public Line? ClaimOf(int resource) => _claimOf[resource];

    /// <summary>Uses of a resource: one line, or one for each number of tokens, linked by <see cref="Line.Next"/>.</summary>
    public Line? FirstUseOf(int resource) => _firstUseOf[resource];

    /// <summary>The line in which a hold stands. Found and not kept: there are few lines and millions of holds.</summary>
    public Line OfHold(ScheduleHold hold) => Find(hold)!;

    /// <summary>What each unit wants, even if nobody else could have it.</summary>
    public IEnumerable<Line> OfUnit(int unit)
    {
        for (int hold = _graph.HoldStart[unit]; hold < _graph.HoldStart[unit + 1]; hold++)
        {
            yield return OfHold(_graph.Holds[hold]);
        }
    }

    /// <summary>The places that a unit wants of its groups.</summary>
    public ReadOnlySpan<ScheduleHold> PlacesOf(int unit) => _places is null ? [] : _places.HoldsOf(unit);

    /// <summary>All units that want this, ready or not. Listed when first asked for, as only a lost resource, or one that is wanted after all, makes anybody ask.</summary>
    public IEnumerable<int> UnitsOf(Line line) => _units.Of(line);

    /// <summary>Nobody but one unit wants it, nor anything above or below it: it can always be had.</summary>
    public bool IsQuiet(Line line) =>
        line.UnitCount == 1 && !line.IsPlace && _tree.IsLonely(line.Resource)
        && (line.Mode == HoldMode.Claim ? _firstUseOf[line.Resource] is null : _claimOf[line.Resource] is null && _firstUseOf[line.Resource]!.Next is null);

    /// <summary>The lines that nobody can get through any more when a hold stays for ever; each is told only once in a run.</summary>
    public IReadOnlyList<Line> KilledBy(Line kept, SkipCause cause)
    {
        Growth.Reserve(ref _keptAbove, _graph.ResourceCount, default);
        Growth.Reserve(ref _keptBelow, _graph.ResourceCount, default);
        List<Line> killed = [];
        var mark = new KeptMark(kept.Mode == HoldMode.Claim ? KeptMark.All : KeptMark.Claims, cause);
        for (int node = _tree.ParentOf(kept.Resource); node >= 0 && _keptBelow[node].What < mark.What; node = _tree.ParentOf(node))
        {
            _keptBelow[node] = mark;
            Kill(node, mark, killed);
        }

        Stack<int> below = new([kept.Resource]);
        while (below.TryPop(out int node))
        {
            // What lies below something that was killed from above is dead already.
            if (_keptAbove[node].What >= mark.What)
            {
                continue;
            }

            _keptAbove[node] = mark;
            Kill(node, mark, killed);
            for (int child = _tree.FirstChildOf(node); child >= 0; child = _tree.NextSiblingOf(child))
            {
                below.Push(child);
            }
        }

        for (Line? line = kept.Tokens > 0 ? _firstUseOf[kept.Resource] : null; line is not null; line = line.Next)
        {
            if (line.Tokens > _tree.TokensLeft(kept.Resource))
            {
                Kill(line, cause, killed);
            }
        }

        return killed;
    }

    /// <summary>All lines that nobody gets through while this is kept, whether that was said before or not.</summary>
    public IEnumerable<Line> LostTo(Line kept)
    {
        foreach (Line line in _lines)
        {
            bool same = line.Resource == kept.Resource;
            bool related = same || _tree.IsBelow(line.Resource, kept.Resource) || _tree.IsBelow(kept.Resource, line.Resource);
            bool conflict = related && (line.Mode == HoldMode.Claim || kept.Mode == HoldMode.Claim);
            if (!line.IsPlace && (conflict || (same && line.Tokens > 0 && kept.Tokens > 0 && line.Tokens > _tree.TokensLeft(line.Resource))))
            {
                yield return line;
            }
        }
    }

    /// <summary>Something that was kept is free: nothing is lost until <see cref="KilledBy"/> says so again of what is still kept.</summary>
    public void ForgetLosses()
    {
        Array.Clear(_keptAbove);
        Array.Clear(_keptBelow);
        _lines.ForEach(line => line.Lost = default);
    }

    /// <summary>Why nobody can have this any more in this run; no reason if that is not so.</summary>
    public SkipCause LossOf(int unit)
    {
        foreach (Line line in OfUnit(unit))
        {
            if (line.Lost.Reason != SkipReason.None)
            {
                return line.Lost;
            }
        }

        return default;
    }

    /// <summary>Makes room for the resources that the graph has got; they are to be linked one by one.</summary>
    public void Grow()
    {
        Growth.Reserve(ref _claimOf, _graph.ResourceCount, null);
        Growth.Reserve(ref _firstUseOf, _graph.ResourceCount, null);
        Growth.Reserve(ref _keptAbove, _keptAbove.Length == 0 ? 0 : _graph.ResourceCount, default);
        Growth.Reserve(ref _keptBelow, _keptBelow.Length == 0 ? 0 : _graph.ResourceCount, default);
    }

    /// <summary>A resource that is new lies below what is kept above it.</summary>
    public void Inherit(int node)
    {
        if (_keptAbove.Length > 0 && _tree.ParentOf(node) is >= 0 and int parent)
        {
            _keptAbove[node] = _keptAbove[parent];
        }
    }

    /// <summary>Puts an added unit into the lines of what it wants, new ones where there are none yet.</summary>
    public void Add(int unit)
    {
        for (int hold = _graph.HoldStart[unit]; hold < _graph.HoldStart[unit + 1]; hold++)
        {
            Line line = Join(_graph.Holds[hold]);
            _units.Add(line, unit);
        }

        foreach (ScheduleHold place in PlacesOf(unit))
        {
            Join(place);
        }
    }

    /// <summary>The line of this resource that its only unit does not stand in because nobody else wants it, or null.</summary>
    public Line? QuietOf(int resource)
    {
        Line? line = _claimOf[resource] ?? _firstUseOf[resource];
        return line is not null && IsQuiet(line) ? line : null;
    }

    /// <summary>A resource that the unit holds and that keeps others from having what this line wants, or -1.</summary>
    public int FindConflict(int holder, Line line)
    {
        foreach (Line held in OfUnit(holder))
        {
            bool same = held.Resource == line.Resource;
            bool related = same || _tree.IsBelow(held.Resource, line.Resource) || _tree.IsBelow(line.Resource, held.Resource);
            if (related && (held.Mode == HoldMode.Claim || line.Mode == HoldMode.Claim || same && line.Tokens > 0))
            {
                return held.Resource;
            }
        }

        return -1;
    }

    /// <summary>Whether a unit takes one of these places of a group.</summary>
    public bool TakesPlace(int unit, Line line)
    {
        foreach (ScheduleHold place in PlacesOf(unit))
        {
            if (place.Resource == line.Resource)
            {
                return true;
            }
        }

        return false;
    }

    private void Kill(int node, KeptMark mark, List<Line> killed)
    {
        Kill(_claimOf[node], mark.Cause, killed);
        for (Line? line = mark.What == KeptMark.All ? _firstUseOf[node] : null; line is not null; line = line.Next)
        {
            Kill(line, mark.Cause, killed);
        }
    }

    private static void Kill(Line? line, SkipCause cause, List<Line> killed)
    {
        if (line is { Lost.Reason: SkipReason.None })
        {
            line.Lost = cause;
            killed.Add(line);
        }
    }

    private void AddLines()
    {
        foreach (ScheduleHold hold in _graph.Holds.AsSpan(0, _graph.HoldCount))
        {
            Join(hold);
        }

        for (int unit = 0; _places is not null && unit < _graph.UnitCount; unit++)
        {
            foreach (ScheduleHold place in PlacesOf(unit))
            {
                Join(place);
            }
        }
    }

    private Line Join(ScheduleHold hold)
    {
        Line line = Find(hold) ?? Add(hold);
        line.UnitCount++;
        return line;
    }

    private Line? Find(ScheduleHold hold)
    {
        Line? line = FirstOf(hold);
        while (line is not null && line.Tokens != TokensOf(hold))
        {
            line = line.Next;
        }

        return line;
    }

    private Line Add(ScheduleHold hold)
    {
        Line added = new()
        {
            Number = _lines.Count,
            Resource = hold.Resource,
            Mode = hold.Mode,
            Tokens = TokensOf(hold),
            Next = FirstOf(hold),
            IsPlace = _places?.IsPlace(hold.Resource) ?? false,
            Realm = _places?.RealmOfResource(hold.Resource) ?? -1,
        };
        _lines.Add(added);
        if (_keptAbove.Length > 0)
        {
            added.Lost = LossOf(added);
        }

        return FirstOf(hold) = added;
    }

    /// <summary>What was lost before anybody wanted it like this.</summary>
    private SkipCause LossOf(Line line)
    {
        int enough = line.Mode == HoldMode.Claim ? KeptMark.Claims : KeptMark.All;
        KeptMark above = _keptAbove[line.Resource];
        KeptMark below = _keptBelow[line.Resource];
        bool tooFew = line.Tokens > 0 && line.Tokens > _tree.TokensLeft(line.Resource);
        return above.What >= enough || tooFew ? above.Cause : below.What >= enough ? below.Cause : default;
    }

    private ref Line? FirstOf(ScheduleHold hold) => ref hold.Mode == HoldMode.Claim ? ref _claimOf[hold.Resource] : ref _firstUseOf[hold.Resource];

    private int TokensOf(ScheduleHold hold) => hold.Mode == HoldMode.Use && _tree.IsCounted(hold.Resource) ? Math.Max(1, hold.Tokens) : 0;

    /// <summary>
    /// A want has to be known to others only where one of them could be had while it cannot: a claim while the resource, or one above or below, is
    /// used; tokens while fewer are left; a use of a resource while something else below it is claimed. True when it has to be from now on.
    /// </summary>
    public bool DecideDemand(Line line)
    {
        if (line.Demand is not null || line.IsPlace)
        {
            return false;
        }

        int resource = line.Resource;
        bool others = line.Mode == HoldMode.Claim
            ? !_tree.IsLonely(resource) || _firstUseOf[resource] is not null
            : _tree.IsCounted(resource) || _tree.FirstChildOf(resource) >= 0;
        line.Demand = others ? new Demand() : null;
        return others;
    }
}

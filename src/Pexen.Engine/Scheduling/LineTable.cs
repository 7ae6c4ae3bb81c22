namespace Pexen.Scheduling;

/// <summary>All lines of a run, and in which of them each unit stands while it is ready.</summary>
internal sealed class LineTable
{
    private readonly ScheduleGraph _graph;
    private readonly ResourceTree _tree;
    private readonly Line?[] _claimOf;
    private readonly Line?[] _firstUseOf;
    private readonly List<Line> _lines = [];
    private readonly int[] _lineUnits;
    private readonly byte[] _killedFromAbove;

    public LineTable(ScheduleGraph graph, ResourceTree tree)
    {
        _graph = graph;
        _tree = tree;
        _claimOf = new Line?[_graph.ResourceCount];
        _firstUseOf = new Line?[_graph.ResourceCount];
        OfHold = new Line[_graph.Holds.Length];
        _killedFromAbove = new byte[_graph.ResourceCount];
        _lineUnits = new int[_graph.Holds.Length];
        AssignLines();
        ListUnits();
        DecideDemands();
    }

    /// <summary>The line of each hold of the graph.</summary>
    public Line[] OfHold { get; }

    public Line? ClaimOf(int resource) => _claimOf[resource];

    /// <summary>Uses of a resource: one line, or one for each number of tokens, linked by <see cref="Line.Next"/>.</summary>
    public Line? FirstUseOf(int resource) => _firstUseOf[resource];

    public ReadOnlySpan<Line> OfUnit(int unit) =>
        OfHold.AsSpan(_graph.HoldStart[unit], _graph.HoldStart[unit + 1] - _graph.HoldStart[unit]);

    /// <summary>All units that want this, ready or not.</summary>
    public ReadOnlySpan<int> UnitsOf(Line line) => _lineUnits.AsSpan(line.FirstUnit, line.UnitCount);

    /// <summary>Nobody but one unit wants it, nor anything above or below it: it can always be had.</summary>
    public bool IsQuiet(Line line) =>
        line.UnitCount == 1 && _tree.IsLonely(line.Resource)
        && (line.Mode == HoldMode.Claim ? _firstUseOf[line.Resource] is null : _claimOf[line.Resource] is null && _firstUseOf[line.Resource]!.Next is null);

    /// <summary>The lines that nobody can get through any more when a hold stays for ever; each is told only once in a run.</summary>
    public IReadOnlyList<Line> KilledBy(Line kept)
    {
        List<Line> killed = [];
        bool claim = kept.Mode == HoldMode.Claim;
        for (int node = _tree.ParentOf(kept.Resource); node >= 0; node = _tree.ParentOf(node))
        {
            Kill(node, claim, killed);
        }

        Stack<int> below = new([kept.Resource]);
        while (below.TryPop(out int node))
        {
            // What lies below something that was killed from above is dead already.
            ref byte fromAbove = ref _killedFromAbove[node];
            byte mark = claim ? (byte)2 : (byte)1;
            if (fromAbove >= mark)
            {
                continue;
            }

            fromAbove = mark;
            Kill(node, claim, killed);
            for (int child = _tree.FirstChildOf(node); child >= 0; child = _tree.NextSiblingOf(child))
            {
                below.Push(child);
            }
        }

        for (Line? line = kept.Tokens > 0 ? _firstUseOf[kept.Resource] : null; line is not null; line = line.Next)
        {
            if (line.Tokens > _tree.TokensLeft(kept.Resource))
            {
                Kill(line, killed);
            }
        }

        return killed;
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

    private void Kill(int node, bool uses, List<Line> killed)
    {
        Kill(_claimOf[node], killed);
        for (Line? line = uses ? _firstUseOf[node] : null; line is not null; line = line.Next)
        {
            Kill(line, killed);
        }
    }

    private static void Kill(Line? line, List<Line> killed)
    {
        if (line is { Dead: false })
        {
            line.Dead = true;
            killed.Add(line);
        }
    }

    private void AssignLines()
    {
        ScheduleHold[] holds = _graph.Holds;
        for (int hold = 0; hold < holds.Length; hold++)
        {
            Line line = FindOrAdd(holds[hold]);
            line.UnitCount++;
            OfHold[hold] = line;
        }
    }

    private Line FindOrAdd(ScheduleHold hold)
    {
        Line? first = hold.Mode == HoldMode.Claim ? _claimOf[hold.Resource] : _firstUseOf[hold.Resource];
        int tokens = hold.Mode == HoldMode.Use && _tree.IsCounted(hold.Resource) ? Math.Max(1, hold.Tokens) : 0;
        for (Line? line = first; line is not null; line = line.Next)
        {
            if (line.Tokens == tokens)
            {
                return line;
            }
        }

        Line added = new() { Resource = hold.Resource, Mode = hold.Mode, Tokens = tokens, Next = first };
        _lines.Add(added);
        if (hold.Mode == HoldMode.Claim)
        {
            _claimOf[hold.Resource] = added;
        }
        else
        {
            _firstUseOf[hold.Resource] = added;
        }

        return added;
    }

    private void ListUnits()
    {
        int next = 0;
        foreach (Line line in _lines)
        {
            line.FirstUnit = next;
            next += line.UnitCount;
            line.UnitCount = 0;
        }

        for (int unit = 0; unit < _graph.UnitCount; unit++)
        {
            foreach (Line line in OfUnit(unit))
            {
                _lineUnits[line.FirstUnit + line.UnitCount++] = unit;
            }
        }
    }

    /// <summary>
    /// A want has to be known to others only where one of them could be had while it cannot: a claim while the resource, or one above or below, is
    /// used; tokens while fewer are left; a use of a resource while something else below it is claimed.
    /// </summary>
    private void DecideDemands()
    {
        foreach (Line line in _lines)
        {
            int resource = line.Resource;
            bool others = line.Mode == HoldMode.Claim
                ? !_tree.IsLonely(resource) || _firstUseOf[resource] is not null
                : _tree.IsCounted(resource) || _tree.FirstChildOf(resource) >= 0;
            line.Demand = others ? new Demand() : null;
        }
    }
}

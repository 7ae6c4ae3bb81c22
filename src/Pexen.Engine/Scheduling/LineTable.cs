namespace Pexen.Scheduling;

/// <summary>All lines of a run, and in which of them each unit stands while it is ready.</summary>
internal sealed class LineTable
{
    private readonly ScheduleGraph _graph;
    private readonly ResourceTree _tree;
    private readonly Line?[] _claimOf;
    private readonly Line?[] _firstUseOf;
    private readonly List<Line> _lines = [];
    private readonly byte[] _killedFromAbove;
    private int[]? _units;
    private int[] _firstUnit = [];

    public LineTable(ScheduleGraph graph, ResourceTree tree)
    {
        _graph = graph;
        _tree = tree;
        _claimOf = new Line?[_graph.ResourceCount];
        _firstUseOf = new Line?[_graph.ResourceCount];
        _killedFromAbove = new byte[_graph.ResourceCount];
        AddLines();
        DecideDemands();
    }

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

    /// <summary>All units that want this, ready or not. Listed when first asked for, as only a lost resource makes anybody ask.</summary>
    public ReadOnlySpan<int> UnitsOf(Line line) => (_units ??= ListUnits()).AsSpan(_firstUnit[line.Number], line.UnitCount);

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

    private void AddLines()
    {
        foreach (ScheduleHold hold in _graph.Holds)
        {
            (Find(hold) ?? Add(hold)).UnitCount++;
        }
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
        Line added = new() { Number = _lines.Count, Resource = hold.Resource, Mode = hold.Mode, Tokens = TokensOf(hold), Next = FirstOf(hold) };
        _lines.Add(added);
        return FirstOf(hold) = added;
    }

    private ref Line? FirstOf(ScheduleHold hold) => ref hold.Mode == HoldMode.Claim ? ref _claimOf[hold.Resource] : ref _firstUseOf[hold.Resource];

    private int TokensOf(ScheduleHold hold) => hold.Mode == HoldMode.Use && _tree.IsCounted(hold.Resource) ? Math.Max(1, hold.Tokens) : 0;

    private int[] ListUnits()
    {
        _firstUnit = new int[_lines.Count];
        for (int number = 1; number < _firstUnit.Length; number++)
        {
            _firstUnit[number] = _firstUnit[number - 1] + _lines[number - 1].UnitCount;
        }

        int[] next = [.. _firstUnit];
        int[] units = new int[_graph.Holds.Length];
        for (int unit = 0; unit < _graph.UnitCount; unit++)
        {
            foreach (Line line in OfUnit(unit))
            {
                units[next[line.Number]++] = unit;
            }
        }

        return units;
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

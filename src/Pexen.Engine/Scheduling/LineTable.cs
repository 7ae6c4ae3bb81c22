namespace Pexen.Scheduling;

/// <summary>All lines of a run, and in which of them each unit stands while it is ready.</summary>
internal sealed class LineTable
{
    private readonly ScheduleGraph graph;
    private readonly ResourceTree tree;
    private readonly Line?[] claimOf;
    private readonly Line?[] firstUseOf;
    private readonly List<Line> lines = [];
    private readonly int[] lineUnits;
    private readonly byte[] killedFromAbove;

    public LineTable(ScheduleGraph graph, ResourceTree tree)
    {
        this.graph = graph;
        this.tree = tree;
        claimOf = new Line?[graph.ResourceCount];
        firstUseOf = new Line?[graph.ResourceCount];
        OfHold = new Line[graph.Holds.Length];
        killedFromAbove = new byte[graph.ResourceCount];
        lineUnits = new int[graph.Holds.Length];
        AssignLines();
        ListUnits();
        DecideDemands();
    }

    /// <summary>The line of each hold of the graph.</summary>
    public Line[] OfHold { get; }

    public Line? ClaimOf(int resource) => claimOf[resource];

    /// <summary>Uses of a resource: one line, or one for each number of tokens, linked by <see cref="Line.Next"/>.</summary>
    public Line? FirstUseOf(int resource) => firstUseOf[resource];

    public ReadOnlySpan<Line> OfUnit(int unit) =>
        OfHold.AsSpan(graph.HoldStart[unit], graph.HoldStart[unit + 1] - graph.HoldStart[unit]);

    /// <summary>All units that want this, ready or not.</summary>
    public ReadOnlySpan<int> UnitsOf(Line line) => lineUnits.AsSpan(line.FirstUnit, line.UnitCount);

    /// <summary>Nobody but one unit wants it, nor anything above or below it: it can always be had.</summary>
    public bool IsQuiet(Line line) =>
        line.UnitCount == 1 && tree.IsLonely(line.Resource)
        && (line.Mode == HoldMode.Claim ? firstUseOf[line.Resource] is null : claimOf[line.Resource] is null && firstUseOf[line.Resource]!.Next is null);

    /// <summary>The lines that nobody can get through any more when a hold stays for ever; each is told only once in a run.</summary>
    public IReadOnlyList<Line> KilledBy(Line kept)
    {
        List<Line> killed = [];
        bool claim = kept.Mode == HoldMode.Claim;
        for (int node = tree.ParentOf(kept.Resource); node >= 0; node = tree.ParentOf(node))
        {
            Kill(node, claim, killed);
        }

        Stack<int> below = new([kept.Resource]);
        while (below.TryPop(out int node))
        {
            // What lies below something that was killed from above is dead already.
            ref byte fromAbove = ref killedFromAbove[node];
            byte mark = claim ? (byte)2 : (byte)1;
            if (fromAbove >= mark)
            {
                continue;
            }

            fromAbove = mark;
            Kill(node, claim, killed);
            for (int child = tree.FirstChildOf(node); child >= 0; child = tree.NextSiblingOf(child))
            {
                below.Push(child);
            }
        }

        for (Line? line = kept.Tokens > 0 ? firstUseOf[kept.Resource] : null; line is not null; line = line.Next)
        {
            if (line.Tokens > tree.TokensLeft(kept.Resource))
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
            bool related = same || tree.IsBelow(held.Resource, line.Resource) || tree.IsBelow(line.Resource, held.Resource);
            if (related && (held.Mode == HoldMode.Claim || line.Mode == HoldMode.Claim || same && line.Tokens > 0))
            {
                return held.Resource;
            }
        }

        return -1;
    }

    private void Kill(int node, bool uses, List<Line> killed)
    {
        Kill(claimOf[node], killed);
        for (Line? line = uses ? firstUseOf[node] : null; line is not null; line = line.Next)
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
        ScheduleHold[] holds = graph.Holds;
        for (int hold = 0; hold < holds.Length; hold++)
        {
            Line line = FindOrAdd(holds[hold]);
            line.UnitCount++;
            OfHold[hold] = line;
        }
    }

    private Line FindOrAdd(ScheduleHold hold)
    {
        Line? first = hold.Mode == HoldMode.Claim ? claimOf[hold.Resource] : firstUseOf[hold.Resource];
        int tokens = hold.Mode == HoldMode.Use && tree.IsCounted(hold.Resource) ? Math.Max(1, hold.Tokens) : 0;
        for (Line? line = first; line is not null; line = line.Next)
        {
            if (line.Tokens == tokens)
            {
                return line;
            }
        }

        Line added = new() { Resource = hold.Resource, Mode = hold.Mode, Tokens = tokens, Next = first };
        lines.Add(added);
        if (hold.Mode == HoldMode.Claim)
        {
            claimOf[hold.Resource] = added;
        }
        else
        {
            firstUseOf[hold.Resource] = added;
        }

        return added;
    }

    private void ListUnits()
    {
        int next = 0;
        foreach (Line line in lines)
        {
            line.FirstUnit = next;
            next += line.UnitCount;
            line.UnitCount = 0;
        }

        for (int unit = 0; unit < graph.UnitCount; unit++)
        {
            foreach (Line line in OfUnit(unit))
            {
                lineUnits[line.FirstUnit + line.UnitCount++] = unit;
            }
        }
    }

    /// <summary>
    /// A want has to be known to others only where one of them could be had while it cannot: a claim while the resource, or one above or below, is
    /// used; tokens while fewer are left; a use of a resource while something else below it is claimed.
    /// </summary>
    private void DecideDemands()
    {
        foreach (Line line in lines)
        {
            int resource = line.Resource;
            bool others = line.Mode == HoldMode.Claim
                ? !tree.IsLonely(resource) || firstUseOf[resource] is not null
                : tree.IsCounted(resource) || tree.FirstChildOf(resource) >= 0;
            line.Demand = others ? new Demand() : null;
        }
    }
}

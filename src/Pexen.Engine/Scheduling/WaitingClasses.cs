namespace Pexen.Scheduling;

/// <summary>
/// Units that want exactly the same wait together: what blocks one blocks all, so they are parked, and woken, as one. Class 0 is those that want
/// nothing that anybody else could have.
/// </summary>
internal sealed class WaitingClasses
{
    private readonly List<int> start = [0, 0];
    private readonly List<Line> lines = [];
    private int[] table = new int[64];
    private int tableMask = 63;
    private readonly List<int> hashes = [0];

    public WaitingClasses(ScheduleGraph graph, LineTable lineTable)
    {
        OfUnit = new int[graph.UnitCount];
        Line[] wanted = [];
        int[] keys = [];
        for (int unit = 0; unit < graph.UnitCount; unit++)
        {
            ReadOnlySpan<Line> all = lineTable.OfUnit(unit);
            if (all.Length > wanted.Length)
            {
                wanted = new Line[all.Length];
                keys = new int[all.Length];
            }

            int count = 0;
            foreach (Line line in all)
            {
                if (!lineTable.IsQuiet(line))
                {
                    int place = count++;
                    for (; place > 0 && keys[place - 1] > line.FirstUnit; place--)
                    {
                        keys[place] = keys[place - 1];
                        wanted[place] = wanted[place - 1];
                    }

                    keys[place] = line.FirstUnit;
                    wanted[place] = line;
                }
            }

            OfUnit[unit] = count == 0 ? 0 : FindOrAdd(wanted.AsSpan(0, count), keys);
        }

        Lines = [.. lines];
        Start = [.. start];
    }

    public int Count => Start.Length - 1;

    public int[] OfUnit { get; }

    private Line[] Lines { get; }

    private int[] Start { get; }

    public ReadOnlySpan<Line> LinesOf(int waitingClass) => Lines.AsSpan(Start[waitingClass], Start[waitingClass + 1] - Start[waitingClass]);

    private int FindOrAdd(ReadOnlySpan<Line> wanted, int[] keys)
    {
        uint hash = 17;
        for (int index = 0; index < wanted.Length; index++)
        {
            hash = (hash ^ (uint)keys[index]) * 2654435761u;
            hash ^= hash >> 15;
        }

        int slot = (int)hash & tableMask;
        for (; table[slot] != 0; slot = (slot + 1) & tableMask)
        {
            if (hashes[table[slot]] == (int)hash && Same(table[slot], wanted))
            {
                return table[slot];
            }
        }

        int added = hashes.Count;
        hashes.Add((int)hash);
        lines.AddRange(wanted);
        start.Add(lines.Count);
        table[slot] = added;
        if (added * 2 > table.Length)
        {
            Grow();
        }

        return added;
    }

    private bool Same(int waitingClass, ReadOnlySpan<Line> wanted)
    {
        int from = start[waitingClass];
        if (start[waitingClass + 1] - from != wanted.Length)
        {
            return false;
        }

        for (int index = 0; index < wanted.Length; index++)
        {
            if (!ReferenceEquals(lines[from + index], wanted[index]))
            {
                return false;
            }
        }

        return true;
    }

    private void Grow()
    {
        table = new int[table.Length * 2];
        tableMask = table.Length - 1;
        for (int waitingClass = 1; waitingClass < hashes.Count; waitingClass++)
        {
            int slot = hashes[waitingClass] & tableMask;
            while (table[slot] != 0)
            {
                slot = (slot + 1) & tableMask;
            }

            table[slot] = waitingClass;
        }
    }
}

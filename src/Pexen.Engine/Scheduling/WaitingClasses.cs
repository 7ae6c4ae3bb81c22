using System.Numerics;

namespace Pexen.Scheduling;

/// <summary>
/// Units that want exactly the same wait together: what blocks one blocks all, so they are parked, and woken, as one. Class 0 is those that want
/// nothing that anybody else could have.
/// </summary>
internal sealed class WaitingClasses
{
    private readonly int[] start;
    private readonly Line[] lines;
    private readonly int[] hashes;
    private readonly int[] table;

    public WaitingClasses(ScheduleGraph graph, LineTable lineTable)
    {
        OfUnit = new int[graph.UnitCount];
        lines = new Line[graph.Holds.Length];
        start = new int[graph.UnitCount + 2];
        hashes = new int[graph.UnitCount + 1];
        table = new int[(int)BitOperations.RoundUpToPowerOf2((uint)graph.UnitCount * 2 + 1)];
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
    }

    public int Count { get; private set; } = 1;

    public int[] OfUnit { get; }

    public ReadOnlySpan<Line> LinesOf(int waitingClass) => lines.AsSpan(start[waitingClass], start[waitingClass + 1] - start[waitingClass]);

    private int FindOrAdd(ReadOnlySpan<Line> wanted, int[] keys)
    {
        uint hash = 17;
        for (int index = 0; index < wanted.Length; index++)
        {
            hash = (hash ^ (uint)keys[index]) * 2654435761u;
            hash ^= hash >> 15;
        }

        int mask = table.Length - 1;
        int slot = (int)hash & mask;
        for (; table[slot] != 0; slot = (slot + 1) & mask)
        {
            if (hashes[table[slot]] == (int)hash && Same(table[slot], wanted))
            {
                return table[slot];
            }
        }

        int added = Count++;
        hashes[added] = (int)hash;
        wanted.CopyTo(lines.AsSpan(start[added]));
        start[added + 1] = start[added] + wanted.Length;
        table[slot] = added;
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
}

using System.Numerics;

namespace Pexen.Scheduling;

/// <summary>
/// Units that want exactly the same wait together: what blocks one blocks all, so they are parked, and woken, as one. Class 0 is those that want
/// nothing that anybody else could have.
/// </summary>
internal sealed class WaitingClasses
{
    private readonly int[] _start;
    private readonly Line[] _lines;
    private readonly int[] _hashes;
    private readonly int[] _table;

    public WaitingClasses(ScheduleGraph graph, LineTable lineTable)
    {
        OfUnit = new int[graph.UnitCount];
        _lines = new Line[graph.Holds.Length];
        _start = new int[graph.UnitCount + 2];
        _hashes = new int[graph.UnitCount + 1];
        _table = new int[(int)BitOperations.RoundUpToPowerOf2((uint)graph.UnitCount * 2 + 1)];
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

    public ReadOnlySpan<Line> LinesOf(int waitingClass) => _lines.AsSpan(_start[waitingClass], _start[waitingClass + 1] - _start[waitingClass]);

    private int FindOrAdd(ReadOnlySpan<Line> wanted, int[] keys)
    {
        uint hash = 17;
        for (int index = 0; index < wanted.Length; index++)
        {
            hash = (hash ^ (uint)keys[index]) * 2654435761u;
            hash ^= hash >> 15;
        }

        int mask = _table.Length - 1;
        int slot = (int)hash & mask;
        for (; _table[slot] != 0; slot = (slot + 1) & mask)
        {
            if (_hashes[_table[slot]] == (int)hash && Same(_table[slot], wanted))
            {
                return _table[slot];
            }
        }

        int added = Count++;
        _hashes[added] = (int)hash;
        wanted.CopyTo(_lines.AsSpan(_start[added]));
        _start[added + 1] = _start[added] + wanted.Length;
        _table[slot] = added;
        return added;
    }

    private bool Same(int waitingClass, ReadOnlySpan<Line> wanted)
    {
        int from = _start[waitingClass];
        if (_start[waitingClass + 1] - from != wanted.Length)
        {
            return false;
        }

        for (int index = 0; index < wanted.Length; index++)
        {
            if (!ReferenceEquals(_lines[from + index], wanted[index]))
            {
                return false;
            }
        }

        return true;
    }
}

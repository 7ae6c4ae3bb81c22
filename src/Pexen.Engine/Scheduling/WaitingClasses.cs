using System.Numerics;

namespace Pexen.Scheduling;

/// <summary>
/// Units that want exactly the same wait together: what blocks one blocks all, so they are parked, and woken, as one. Class 0 is those that want
/// nothing that anybody else could have.
/// </summary>
internal sealed class WaitingClasses
{
    private readonly int[] _table;
    private readonly ClassPlace[] _classes;
    private readonly int[] _lines;
    private int _count;
    private int _lineCount;

    public WaitingClasses(ScheduleGraph graph, LineTable lines, UnitPlaces places)
    {
        _lines = new int[graph.Holds.Length];
        _classes = new ClassPlace[graph.UnitCount + 1];
        _table = new int[(int)BitOperations.RoundUpToPowerOf2((uint)graph.UnitCount * 2 + 1)];
        Add(0, 0);
        for (int unit = 0; unit < graph.UnitCount; unit++)
        {
            int count = 0;
            Span<int> wanted = _lines.AsSpan(_lineCount);
            for (int hold = graph.HoldStart[unit]; hold < graph.HoldStart[unit + 1]; hold++)
            {
                Line line = lines.OfHold(graph.Holds[hold]);
                if (!lines.IsQuiet(line))
                {
                    Insert(wanted, count++, line.Number);
                }
            }

            places[unit].Class = count == 0 ? 0 : FindOrAdd(count);
        }
    }

    public ref ClassPlace this[int waitingClass] => ref _classes[waitingClass];

    /// <summary>Numbers of the lines in which the units of a class stand.</summary>
    public ReadOnlySpan<int> LinesOf(int waitingClass)
    {
        ref ClassPlace place = ref _classes[waitingClass];
        return _lines.AsSpan(place.FirstLine, place.LineCount);
    }

    private static void Insert(Span<int> sorted, int place, int number)
    {
        for (; place > 0 && sorted[place - 1] > number; place--)
        {
            sorted[place] = sorted[place - 1];
        }

        sorted[place] = number;
    }

    /// <summary>The class of those who want the lines that were just written at the end of the list; they stay there if it is a new one.</summary>
    private int FindOrAdd(int count)
    {
        ReadOnlySpan<int> wanted = _lines.AsSpan(_lineCount, count);
        uint hash = 17;
        foreach (int number in wanted)
        {
            hash = (hash ^ (uint)number) * 2654435761u;
            hash ^= hash >> 15;
        }

        int mask = _table.Length - 1;
        int slot = (int)hash & mask;
        for (; _table[slot] != 0; slot = (slot + 1) & mask)
        {
            if (_classes[_table[slot]].Hash == hash && LinesOf(_table[slot]).SequenceEqual(wanted))
            {
                return _table[slot];
            }
        }

        return _table[slot] = Add(count, hash);
    }

    private int Add(int lineCount, uint hash)
    {
        _classes[_count] = new ClassPlace { FirstLine = _lineCount, LineCount = lineCount, Hash = hash, Parked = -1, Root = -1, Offer = -1 };
        _lineCount += lineCount;
        return _count++;
    }
}

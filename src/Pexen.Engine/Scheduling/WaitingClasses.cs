using System.Numerics;

namespace Pexen.Scheduling;

/// <summary>
/// Units that want exactly the same wait together: what blocks one blocks all, so they are parked, and woken, as one. Class 0 is those that want
/// nothing that anybody else could have.
/// </summary>
internal sealed class WaitingClasses
{
    private const int HeaderLength = 2;

    private readonly ClassPlace[] _classes;

    /// <summary>Of each class its number, how many lines its units want, and their numbers. A unit knows where its class begins, so that one look gives all.</summary>
    private readonly int[] _wants;

    /// <summary>Where classes begin, by hash. The hash lies beside it, as a look at the class would be a cache miss.</summary>
    private readonly long[] _table;

    private int _count;
    private int _end;

    public WaitingClasses(ScheduleGraph graph, LineTable lines, UnitPlaces places)
    {
        _classes = new ClassPlace[graph.UnitCount + 1];
        _wants = new int[_classes.Length * HeaderLength + graph.Holds.Length];
        _table = new long[(int)BitOperations.RoundUpToPowerOf2((uint)graph.UnitCount * 2 + 1)];
        Add(0);
        for (int unit = 0; unit < graph.UnitCount; unit++)
        {
            int count = 0;
            Span<int> wanted = _wants.AsSpan(_end + HeaderLength);
            for (int hold = graph.HoldStart[unit]; hold < graph.HoldStart[unit + 1]; hold++)
            {
                Line line = lines.OfHold(graph.Holds[hold]);
                if (!lines.IsQuiet(line))
                {
                    Insert(wanted, count++, line.Number);
                }
            }

            places[unit].Wants = count == 0 ? 0 : FindOrAdd(wanted[..count]);
        }
    }

    public ref ClassPlace this[int waitingClass] => ref _classes[waitingClass];

    /// <summary>The class of a unit.</summary>
    public int ClassOf(in UnitPlace place) => _wants[place.Wants];

    /// <summary>Numbers of the lines in which a unit stands while it is ready.</summary>
    public ReadOnlySpan<int> LinesOf(in UnitPlace place) => _wants.AsSpan(place.Wants + HeaderLength, _wants[place.Wants + 1]);

    private static void Insert(Span<int> sorted, int place, int number)
    {
        for (; place > 0 && sorted[place - 1] > number; place--)
        {
            sorted[place] = sorted[place - 1];
        }

        sorted[place] = number;
    }

    /// <summary>Where the class begins of those who want the lines that were just written at the end of the list; they stay there if it is a new one.</summary>
    private int FindOrAdd(ReadOnlySpan<int> wanted)
    {
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
            int start = (int)_table[slot];
            if (_table[slot] >> 32 == (int)hash && _wants.AsSpan(start + HeaderLength, _wants[start + 1]).SequenceEqual(wanted))
            {
                return start;
            }
        }

        _table[slot] = (long)hash << 32 | (uint)_end;
        return Add(wanted.Length);
    }

    private int Add(int lineCount)
    {
        int start = _end;
        _wants[start] = _count;
        _wants[start + 1] = lineCount;
        _end += HeaderLength + lineCount;
        _classes[_count++] = new ClassPlace { Parked = -1, Offer = -1, First = -1, Stragglers = -1 };
        return start;
    }
}

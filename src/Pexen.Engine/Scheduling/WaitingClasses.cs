using System.Numerics;

namespace Pexen.Scheduling;

/// <summary>
/// Units that want exactly the same wait together: what blocks one blocks all, so they are parked, and woken, as one. Class 0 is those that want
/// nothing that anybody else could have.
/// </summary>
internal sealed class WaitingClasses
{
    private const int HeaderLength = 2;

    /// <summary>So many units are hashed before the first of them is looked up, so that the cache misses of their look-ups overlap.</summary>
    private const int BlockLength = 32;

    private readonly UnitPlaces _places;
    private readonly UnitWants _reader;
    private ClassPlace[] _classes;

    /// <summary>Of each class its number, how many lines its units want, and their numbers. A unit knows where its class begins, so that one look gives all.</summary>
    private int[] _wants;

    /// <summary>Where classes begin, by hash. The hash lies beside it, as a look at the class would be a cache miss.</summary>
    private long[] _table;

    private int _count;
    private int _end;

    public WaitingClasses(ScheduleGraph graph, LineTable lines, UnitPlaces places)
    {
        _places = places;
        _classes = new ClassPlace[graph.UnitCount + 1];
        _wants = new int[_classes.Length * HeaderLength + graph.HoldCount];
        _table = new long[(int)BitOperations.RoundUpToPowerOf2((uint)graph.UnitCount * 2 + 1)];
        Add([]);
        _reader = new UnitWants(graph, lines, BlockLength);
        Assign(0, graph.UnitCount);
    }

    public int Count => _count;

    public ref ClassPlace this[int waitingClass] => ref _classes[waitingClass];

    /// <summary>The class of a unit.</summary>
    public int ClassOf(in UnitPlace place) => _wants[place.Wants];

    /// <summary>Numbers of the lines in which a unit stands while it is ready.</summary>
    public ReadOnlySpan<int> LinesOf(in UnitPlace place) => _wants.AsSpan(place.Wants + HeaderLength, _wants[place.Wants + 1]);

    /// <summary>Finds the classes of units, new ones where there are none yet. A unit may be told again when others have come to want what only it wanted.</summary>
    public void Assign(int firstUnit, int endUnit)
    {
        for (int first = firstUnit; first < endUnit; first += BlockLength)
        {
            _reader.Read(first, Math.Min(first + BlockLength, endUnit));
            AssignBlock(first);
        }
    }

    private void AssignBlock(int first)
    {
        int mask = _table.Length - 1;
        Span<long> seen = stackalloc long[BlockLength];
        for (int index = 0; index < _reader.Count; index++)
        {
            seen[index] = _table[(int)_reader.HashOf(index) & mask];
        }

        for (int index = 0; index < _reader.Count; index++)
        {
            _places[first + index].Wants = _reader.Of(index) is { Length: > 0 } wanted ? FindOrAdd(wanted, _reader.HashOf(index)) : 0;
        }
    }

    /// <summary>Where the class begins of those who want these lines.</summary>
    private int FindOrAdd(ReadOnlySpan<int> wanted, uint hash)
    {
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
        int added = Add(wanted);
        if (_count * 2 > _table.Length)
        {
            DoubleTable();
        }

        return added;
    }

    private void DoubleTable()
    {
        long[] before = _table;
        _table = new long[before.Length * 2];
        int mask = _table.Length - 1;
        foreach (long entry in before)
        {
            int slot = (int)(entry >> 32) & mask;
            while (entry != 0 && _table[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            _table[slot] = entry != 0 ? entry : _table[slot];
        }
    }

    private int Add(ReadOnlySpan<int> wanted)
    {
        int start = _end;
        Growth.Reserve(ref _wants, start + HeaderLength + wanted.Length, 0);
        Growth.Reserve(ref _classes, _count + 1, default);
        _wants[start] = _count;
        _wants[start + 1] = wanted.Length;
        wanted.CopyTo(_wants.AsSpan(start + HeaderLength));
        _end += HeaderLength + wanted.Length;
        _classes[_count++] = new ClassPlace { Parked = -1, Offer = -1, First = -1, Stragglers = -1 };
        return start;
    }
}

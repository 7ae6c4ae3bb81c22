namespace Pexen.Scheduling;

/// <summary>
/// The units of each class that wait in it, and the lines in which blocked classes are parked. A class stands in a line once, with the rank of
/// its first unit; entries that say what is no longer so are dropped or put right when they come to the front.
/// </summary>
internal sealed class ParkedClasses
{
    private readonly long[] _rank;
    private readonly UnitHeaps _heaps;
    private readonly UnitPlace[] _places;
    private readonly WatchedPlaces _watched;
    private readonly ClassPlace[] _classes;

    public ParkedClasses(int count, long[] rank, UnitHeaps heaps, UnitPlace[] places, WatchedPlaces watched)
    {
        _rank = rank;
        _heaps = heaps;
        _places = places;
        _watched = watched;
        _classes = new ClassPlace[count];
        for (int index = 0; index < count; index++)
        {
            _classes[index].Root = _classes[index].Offer = -1;
        }
    }

    public ref ClassPlace this[int index] => ref _classes[index];

    /// <summary>A unit waits in its class. True when it is the first there.</summary>
    public bool Join(int index, int unit)
    {
        _places[unit].Where = UnitPlace.InClass;
        return (_classes[index].Root = _heaps.Push(_classes[index].Root, unit)) == unit;
    }

    /// <summary>The first unit of a class that still waits in it, or -1.</summary>
    public int FirstOf(int index)
    {
        int first = _classes[index].Root;
        while (first >= 0 && _places[first].Where != UnitPlace.InClass)
        {
            first = _heaps.Pop(first);
        }

        return _classes[index].Root = first;
    }

    /// <summary>Takes the first unit out of a class, to be offered for it.</summary>
    public void TakeFirst(int index)
    {
        int first = _classes[index].Root;
        _classes[index].Root = _heaps.Pop(first);
        _classes[index].Offer = first;
    }

    /// <summary>A class is blocked by a line and waits in it.</summary>
    public void Park(int index, Line line)
    {
        _classes[index].Parked = line;
        Enlist(index, line);
        _watched.Watch(line);
    }

    /// <summary>Gives a parked class the place in its line that its first unit has now.</summary>
    public void Enlist(int index, Line line)
    {
        long first = _rank[_classes[index].Root];
        _classes[index].ParkedRank = first;
        line.Blocked.Push(first << 32 | (uint)index);
    }

    /// <summary>The class at the front of those parked in a line is parked no more.</summary>
    public void Unpark(int index, Line line)
    {
        line.Blocked.Pop();
        _classes[index].Parked = null;
    }

    /// <summary>The class at the front of those parked in a line, or -1.</summary>
    public int FirstIn(Line line)
    {
        while (line.Blocked.Count > 0)
        {
            long entry = line.Blocked.Top;
            int index = (int)entry;
            if (ReferenceEquals(_classes[index].Parked, line))
            {
                int first = FirstOf(index);
                if (first >= 0 && _rank[first] == entry >> 32)
                {
                    return index;
                }

                if (first < 0)
                {
                    _classes[index].Parked = null;
                }
                else if (_rank[first] > entry >> 32)
                {
                    Enlist(index, line);
                }
            }

            line.Blocked.Pop();
        }

        return -1;
    }
}

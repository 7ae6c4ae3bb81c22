namespace Pexen.Scheduling;

/// <summary>
/// The units of each class that wait in it, and the lines in which blocked classes are parked. A class stands in a line once, with the rank of
/// its first unit; entries that say what is no longer so are dropped or put right when they come to the front.
/// </summary>
internal sealed class ParkedClasses(WaitingClasses classes, UnitPlaces places, UnitHeaps heaps, WatchedPlaces watched)
{
    /// <summary>A unit waits in its class.</summary>
    public void Join(int index, int unit)
    {
        places[unit].Where = UnitPlace.InClass;
        classes[index].Root = heaps.Push(classes[index].Root, unit);
    }

    /// <summary>The first unit of a class that still waits in it, or -1.</summary>
    public int FirstOf(int index)
    {
        int first = classes[index].Root;
        while (first >= 0 && places[first].Where != UnitPlace.InClass)
        {
            first = heaps.Pop(first);
        }

        return classes[index].Root = first;
    }

    /// <summary>Takes the first unit out of a class, to be offered for it.</summary>
    public void TakeFirst(int index)
    {
        int first = classes[index].Root;
        classes[index].Root = heaps.Pop(first);
        classes[index].Offer = first;
    }

    /// <summary>A class is blocked by a line and waits in it.</summary>
    public void Park(int index, Line line)
    {
        classes[index].Parked = line.Number;
        Enlist(index, line);
        watched.Watch(line);
    }

    /// <summary>Gives a parked class the place in its line that its first unit has now.</summary>
    public void Enlist(int index, Line line)
    {
        int first = places[classes[index].Root].Rank;
        classes[index].ParkedRank = first;
        line.Blocked.Push((long)first << 32 | (uint)index);
    }

    /// <summary>The class at the front of those parked in a line is parked no more.</summary>
    public void Unpark(int index, Line line)
    {
        line.Blocked.Pop();
        classes[index].Parked = -1;
    }

    /// <summary>The class at the front of those parked in a line, or -1.</summary>
    public int FirstIn(Line line)
    {
        while (line.Blocked.Count > 0)
        {
            long entry = line.Blocked.Top;
            int index = (int)entry;
            if (classes[index].Parked == line.Number)
            {
                int first = FirstOf(index);
                if (first >= 0 && places[first].Rank == entry >> 32)
                {
                    return index;
                }

                if (first < 0)
                {
                    classes[index].Parked = -1;
                }
                else if (places[first].Rank > entry >> 32)
                {
                    Enlist(index, line);
                }
            }

            line.Blocked.Pop();
        }

        return -1;
    }
}

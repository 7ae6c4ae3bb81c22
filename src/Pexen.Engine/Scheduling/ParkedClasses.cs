namespace Pexen.Scheduling;

/// <summary>
/// The units of each class that wait in it, and the lines in which blocked classes are parked. A class stands in a line once, with the rank of
/// its first unit; entries that say what is no longer so are dropped or put right when they come to the front.
/// </summary>
internal sealed class ParkedClasses(WaitingClasses classes, UnitPlaces places, RefusedTree trees, WatchedPlaces watched)
{
    /// <summary>
    /// A unit waits in its class. Units mostly come in the order of rank, or go back to the front after a look in vain; a list serves those without
    /// a walk through memory.
    /// </summary>
    public void Join(int index, int unit)
    {
        ref ClassPlace joined = ref classes[index];
        ref UnitPlace place = ref places[unit];
        place.Where = UnitPlace.InClass;
        place.Left = place.Right = -1;
        if (joined.First < 0)
        {
            joined.First = joined.Last = unit;
        }
        else if (place.Rank > places[joined.Last].Rank)
        {
            places[joined.Last].Right = unit;
            place.Left = joined.Last;
            joined.Last = unit;
        }
        else if (place.Rank < places[joined.First].Rank)
        {
            places[joined.First].Left = unit;
            place.Right = joined.First;
            joined.First = unit;
        }
        else
        {
            place.Where = UnitPlace.Straggling;
            joined.Stragglers = trees.Insert(joined.Stragglers, unit);
        }
    }

    /// <summary>The first unit that waits in a class, or -1.</summary>
    public int FirstOf(int index)
    {
        ref ClassPlace place = ref classes[index];
        if (place.Stragglers < 0)
        {
            return place.First;
        }

        int straggler = trees.FirstOf(place.Stragglers);
        return place.First < 0 || places[straggler].Rank < places[place.First].Rank ? straggler : place.First;
    }

    /// <summary>Takes the first unit out of a class, to be offered for it.</summary>
    public void TakeFirst(int index, int first)
    {
        classes[index].Offer = first;
        Leave(index, first);
    }

    /// <summary>A unit waits in its class no more.</summary>
    public void Leave(int index, int unit)
    {
        ref ClassPlace left = ref classes[index];
        ref UnitPlace place = ref places[unit];
        if (place.Where == UnitPlace.Straggling)
        {
            left.Stragglers = trees.Remove(left.Stragglers, unit);
            return;
        }

        if (place.Left >= 0)
        {
            places[place.Left].Right = place.Right;
        }
        else
        {
            left.First = place.Right;
        }

        if (place.Right >= 0)
        {
            places[place.Right].Left = place.Left;
        }
        else
        {
            left.Last = place.Left;
        }
    }

    /// <summary>A class is blocked by a line and waits in it.</summary>
    public void Park(int index, Line line)
    {
        classes[index].Parked = line.Number;
        Enlist(index, line, FirstOf(index));
        watched.Watch(line);
    }

    /// <summary>Gives a parked class the place in its line that its first unit has now.</summary>
    public void Enlist(int index, Line line, int first)
    {
        int rank = places[first].Rank;
        classes[index].ParkedRank = rank;
        line.Blocked.Push((long)rank << 32 | (uint)index);
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
                    Enlist(index, line, first);
                }
            }

            line.Blocked.Pop();
        }

        return -1;
    }
}

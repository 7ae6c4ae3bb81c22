namespace Pexen.Scheduling;

/// <summary>Heaps of units by rank that can be joined (skew heaps). The links lie with the units, as no unit is in two heaps.</summary>
internal sealed class UnitHeaps(UnitPlaces places)
{
    /// <summary>Puts one unit more into a heap; the first of all then.</summary>
    public int Push(int root, int unit)
    {
        places[unit].Left = places[unit].Right = -1;
        return Merge(root, unit);
    }

    /// <summary>Takes the first out of a heap; the first of the rest, or -1.</summary>
    public int Pop(int root) => Merge(places[root].Left, places[root].Right);

    private int Merge(int first, int second)
    {
        int root = -1;
        int above = -1;
        while (first >= 0 && second >= 0)
        {
            if (places[second].Rank < places[first].Rank)
            {
                (first, second) = (second, first);
            }

            if (above < 0)
            {
                root = first;
            }
            else
            {
                places[above].Left = first;
            }

            above = first;
            int rest = places[first].Right;
            places[first].Right = places[first].Left;
            first = rest;
        }

        int last = first >= 0 ? first : second;
        if (above < 0)
        {
            return last;
        }

        places[above].Left = last;
        return root;
    }
}

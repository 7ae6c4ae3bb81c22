namespace Pexen.Scheduling;

/// <summary>Heaps of units by rank that can be joined (skew heaps). The links are arrays over all units, as no unit is in two heaps.</summary>
internal sealed class UnitHeaps(long[] rank, int[] left, int[] right)
{
    /// <summary>Puts one unit more into a heap; the first of all then.</summary>
    public int Push(int root, int unit)
    {
        left[unit] = right[unit] = -1;
        return Merge(root, unit);
    }

    /// <summary>Takes the first out of a heap; the first of the rest, or -1.</summary>
    public int Pop(int root) => Merge(left[root], right[root]);

    private int Merge(int first, int second)
    {
        int root = -1;
        int above = -1;
        while (first >= 0 && second >= 0)
        {
            if (rank[second] < rank[first])
            {
                (first, second) = (second, first);
            }

            if (above < 0)
            {
                root = first;
            }
            else
            {
                left[above] = first;
            }

            above = first;
            int rest = right[first];
            right[first] = left[first];
            first = rest;
        }

        int last = first >= 0 ? first : second;
        if (above < 0)
        {
            return last;
        }

        left[above] = last;
        return root;
    }
}

namespace Pexen.Scheduling;

/// <summary>
/// Trees of units in rank order that also answer "who is first in rank among those that became ready before so-and-so". The links are arrays
/// over all units, as no unit is in two trees. Balanced by a hash of the unit (a treap), so the shape is a function of the members.
/// </summary>
internal sealed class RefusedTree(long[] rank, long[] order, int[] left, int[] right)
{
    private long[] _least = [];

    public int Insert(int root, int unit)
    {
        if (_least.Length == 0)
        {
            _least = new long[rank.Length];
        }

        left[unit] = right[unit] = -1;
        _least[unit] = order[unit];
        return InsertBelow(root, unit);
    }

    public int Remove(int root, int unit)
    {
        if (root == unit)
        {
            return Merge(left[root], right[root]);
        }

        if (rank[unit] < rank[root])
        {
            left[root] = Remove(left[root], unit);
        }
        else
        {
            right[root] = Remove(right[root], unit);
        }

        return Update(root);
    }

    /// <summary>The unit of lowest rank whose order is below the limit, or -1.</summary>
    public int FindFirst(int root, long limit)
    {
        if (root < 0 || _least[root] >= limit)
        {
            return -1;
        }

        while (true)
        {
            if (left[root] >= 0 && _least[left[root]] < limit)
            {
                root = left[root];
            }
            else if (order[root] < limit)
            {
                return root;
            }
            else
            {
                root = right[root];
            }
        }
    }

    private static uint Weight(int unit) => (uint)unit * 2654435761u;

    private int InsertBelow(int root, int unit)
    {
        if (root < 0)
        {
            return unit;
        }

        if (Weight(unit) > Weight(root))
        {
            (left[unit], right[unit]) = Split(root, rank[unit]);
            return Update(unit);
        }

        if (rank[unit] < rank[root])
        {
            left[root] = InsertBelow(left[root], unit);
        }
        else
        {
            right[root] = InsertBelow(right[root], unit);
        }

        return Update(root);
    }

    private (int Left, int Right) Split(int root, long at)
    {
        if (root < 0)
        {
            return (-1, -1);
        }

        if (rank[root] < at)
        {
            (right[root], int rest) = Split(right[root], at);
            return (Update(root), rest);
        }

        (int first, left[root]) = Split(left[root], at);
        return (first, Update(root));
    }

    private int Merge(int first, int second)
    {
        if (first < 0 || second < 0)
        {
            return first < 0 ? second : first;
        }

        if (Weight(first) > Weight(second))
        {
            right[first] = Merge(right[first], second);
            return Update(first);
        }

        left[second] = Merge(first, left[second]);
        return Update(second);
    }

    private int Update(int root)
    {
        long smallest = order[root];
        if (left[root] >= 0)
        {
            smallest = Math.Min(smallest, _least[left[root]]);
        }

        if (right[root] >= 0)
        {
            smallest = Math.Min(smallest, _least[right[root]]);
        }

        _least[root] = smallest;
        return root;
    }
}

namespace Pexen.Scheduling;

/// <summary>
/// Trees of units in rank order that also answer "who is first in rank among those that became ready before so-and-so". The links lie
/// with the units, as no unit is in two trees. Balanced by a hash of the unit (a treap), so the shape is a function of the members.
/// </summary>
internal sealed class RefusedTree(UnitPlaces places)
{
    private long[] _least = [];

    public int Insert(int root, int unit)
    {
        if (_least.Length < places.Count)
        {
            Growth.Reserve(ref _least, places.Count, 0);
        }

        places[unit].Left = places[unit].Right = -1;
        _least[unit] = places[unit].Order;
        return InsertBelow(root, unit);
    }

    public int Remove(int root, int unit)
    {
        if (root == unit)
        {
            return Merge(places[root].Left, places[root].Right);
        }

        if (places[unit].Rank < places[root].Rank)
        {
            places[root].Left = Remove(places[root].Left, unit);
        }
        else
        {
            places[root].Right = Remove(places[root].Right, unit);
        }

        return Update(root);
    }

    /// <summary>The unit of lowest rank.</summary>
    public int FirstOf(int root)
    {
        while (places[root].Left >= 0)
        {
            root = places[root].Left;
        }

        return root;
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
            if (places[root].Left >= 0 && _least[places[root].Left] < limit)
            {
                root = places[root].Left;
            }
            else if (places[root].Order < limit)
            {
                return root;
            }
            else
            {
                root = places[root].Right;
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
            (places[unit].Left, places[unit].Right) = Split(root, places[unit].Rank);
            return Update(unit);
        }

        if (places[unit].Rank < places[root].Rank)
        {
            places[root].Left = InsertBelow(places[root].Left, unit);
        }
        else
        {
            places[root].Right = InsertBelow(places[root].Right, unit);
        }

        return Update(root);
    }

    private (int Left, int Right) Split(int root, int at)
    {
        if (root < 0)
        {
            return (-1, -1);
        }

        if (places[root].Rank < at)
        {
            (places[root].Right, int rest) = Split(places[root].Right, at);
            return (Update(root), rest);
        }

        (int first, places[root].Left) = Split(places[root].Left, at);
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
            places[first].Right = Merge(places[first].Right, second);
            return Update(first);
        }

        places[second].Left = Merge(first, places[second].Left);
        return Update(second);
    }

    private int Update(int root)
    {
        long smallest = places[root].Order;
        if (places[root].Left >= 0)
        {
            smallest = Math.Min(smallest, _least[places[root].Left]);
        }

        if (places[root].Right >= 0)
        {
            smallest = Math.Min(smallest, _least[places[root].Right]);
        }

        _least[root] = smallest;
        return root;
    }
}

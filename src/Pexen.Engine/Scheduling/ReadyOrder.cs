namespace Pexen.Scheduling;

/// <summary>
/// Gives units that are added their places in the ready order: by priority, behind all others of it. The ranks that the waiting room knows are
/// as many as there are units until something is added, and after that have room at the end of each priority. When that is used up all ranks are given
/// anew, with as much room again, so that it happens once for each doubling and not for each unit.
/// </summary>
internal sealed class ReadyOrder
{
    private const int LeastRoom = 16;

    private readonly List<Level> _levels = [];
    private Level? _newest;
    private Level? _lender;
    private int _unitCount;

    /// <summary>How many ranks there may be.</summary>
    public int RankCount { get; private set; }

    /// <summary>Reads the levels off the units of the plan, whose ranks are without gaps.</summary>
    public ReadyOrder(ScheduleGraph graph, int unitCount)
    {
        long[] priorities = new long[unitCount];
        for (int unit = 0; unit < unitCount; unit++)
        {
            priorities[graph.Rank[unit]] = graph.Priority[unit];
        }

        // The level before all others is nobody's; it has the room for what comes before the first.
        _levels.Add(new Level(long.MinValue));
        for (int rank = 0; rank < unitCount; rank++)
        {
            if (priorities[rank] != _levels[^1].Priority)
            {
                _levels.Add(new Level(priorities[rank]) { First = rank, Next = rank });
            }

            Level level = _levels[^1];
            level.Limit = ++level.Next;
        }

        RankCount = unitCount;
        _unitCount = unitCount;
    }

    /// <summary>The rank of a unit that comes behind all others of its priority, or -1 if there is no room for it.</summary>
    public int Take(int priority)
    {
        int index = Find(priority);
        if (_levels[index].Priority != priority)
        {
            if (_levels[index].Room < 2)
            {
                return -1;
            }

            Insert(index, priority);
            index++;
        }

        Level level = _levels[index];
        if (level.Room == 0)
        {
            return -1;
        }

        _unitCount++;
        return level.Next++;
    }

    /// <summary>Makes room everywhere, most of it where the last new priority came. Gives of each old rank the new one.</summary>
    public int[] Renumber()
    {
        int[] moved = new int[RankCount];
        int share = _unitCount / _levels.Count;
        int next = 0;
        foreach (Level level in _levels)
        {
            int count = level.Next - level.First;
            for (int index = 0; index < count; index++)
            {
                moved[level.First + index] = next + index;
            }

            level.First = next;
            level.Next = next + count;
            level.Limit = level.Next + Math.Max(LeastRoom, count + share) + (level == _newest || level == _lender ? _unitCount / 2 : 0);
            next = level.Limit;
        }

        RankCount = next;
        return moved;
    }

    /// <summary>The last level whose priority is not above this.</summary>
    private int Find(int priority)
    {
        int low = 0;
        int high = _levels.Count;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            (low, high) = _levels[middle].Priority <= priority ? (middle, high) : (low, middle);
        }

        return low;
    }

    /// <summary>
    /// A new priority gets some of the room of the one before. Priorities mostly come in order: what goes up from the newest takes all but a little, so
    /// that there is room for the next; what goes down takes only a little.
    /// </summary>
    private void Insert(int index, int priority)
    {
        Level before = _levels[index];
        int little = Math.Min(LeastRoom, before.Room / 2);
        int limit = before.Limit;
        _lender = before;
        before.Limit = before == _newest ? before.Next + little : limit - little;
        _newest = new Level(priority) { First = before.Limit, Next = before.Limit, Limit = limit };
        _levels.Insert(index + 1, _newest);
    }

    private sealed class Level(long priority)
    {
        public long Priority { get; } = priority;

        public int First { get; set; }

        public int Next { get; set; }

        public int Limit { get; set; }

        public int Room => Limit - Next;
    }
}

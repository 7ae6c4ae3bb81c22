namespace Pexen.Scheduling;

/// <summary>A heap of numbers, smallest first, four below each. It never shrinks.</summary>
internal struct LongHeap
{
    private long[] _items;

    public int Count { get; private set; }

    public readonly long Top => _items[0];

    /// <summary>Changes every item to another, all in the same order as before.</summary>
    public readonly void Map(Func<long, long> change)
    {
        for (int index = 0; index < Count; index++)
        {
            _items[index] = change(_items[index]);
        }
    }

    public void Push(long item)
    {
        _items ??= new long[4];
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Count * 2);
        }

        int hole = Count++;
        while (hole > 0)
        {
            int parent = (hole - 1) >> 2;
            if (_items[parent] <= item)
            {
                break;
            }

            _items[hole] = _items[parent];
            hole = parent;
        }

        _items[hole] = item;
    }

    public void Pop()
    {
        long[] heap = _items;
        int last = --Count;
        long item = heap[last];
        int hole = 0;
        for (int child = 1; child < last; child = (hole << 2) + 1)
        {
            int least = child;
            int end = Math.Min(child + 4, last);
            while (++child < end)
            {
                if (heap[child] < heap[least])
                {
                    least = child;
                }
            }

            if (heap[least] >= item)
            {
                break;
            }

            heap[hole] = heap[least];
            hole = least;
        }

        heap[hole] = item;
    }
}

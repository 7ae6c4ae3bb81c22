namespace Pexen.Scheduling;

/// <summary>A binary heap of numbers, smallest first. It never shrinks.</summary>
internal struct LongHeap
{
    private long[] items;

    public int Count { get; private set; }

    public readonly long Top => items[0];

    public void Push(long item)
    {
        items ??= new long[4];
        if (Count == items.Length)
        {
            Array.Resize(ref items, Count * 2);
        }

        int hole = Count++;
        while (hole > 0)
        {
            int parent = (hole - 1) >> 1;
            if (items[parent] <= item)
            {
                break;
            }

            items[hole] = items[parent];
            hole = parent;
        }

        items[hole] = item;
    }

    public void Pop()
    {
        long item = items[--Count];
        int hole = 0;
        for (int child = 1; child < Count; child = (hole << 1) + 1)
        {
            if (child + 1 < Count && items[child + 1] < items[child])
            {
                child++;
            }

            if (items[child] >= item)
            {
                break;
            }

            items[hole] = items[child];
            hole = child;
        }

        items[hole] = item;
    }
}

namespace Pexen.Scheduling;

/// <summary>Units gathered in any order, to be taken in the order of their ranks.</summary>
internal sealed class RankedList
{
    private long[] items = new long[16];

    public int Count { get; private set; }

    public int this[int index] => (int)items[index];

    public void Add(int unit, int rank)
    {
        if (Count == items.Length)
        {
            Array.Resize(ref items, Count * 2);
        }

        items[Count++] = (long)rank << 32 | (uint)unit;
    }

    public void Sort()
    {
        if (Count > 1)
        {
            Array.Sort(items, 0, Count);
        }
    }

    public void Clear() => Count = 0;
}

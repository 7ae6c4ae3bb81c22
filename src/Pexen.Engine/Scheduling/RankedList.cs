namespace Pexen.Scheduling;

/// <summary>Units gathered in any order, to be taken in the order of their ranks.</summary>
internal sealed class RankedList
{
    private long[] _items = new long[16];

    public int Count { get; private set; }

    public int this[int index] => (int)_items[index];

    public void Add(int unit, int rank)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Count * 2);
        }

        _items[Count++] = (long)rank << 32 | (uint)unit;
    }

    public void Sort()
    {
        if (Count > 1)
        {
            Array.Sort(_items, 0, Count);
        }
    }

    public void Clear() => Count = 0;
}

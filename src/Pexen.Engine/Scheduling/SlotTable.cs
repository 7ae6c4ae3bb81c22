using System.Numerics;

namespace Pexen.Scheduling;

/// <summary>Numbered slots, handed out lowest first.</summary>
internal sealed class SlotTable
{
    private readonly int[] _owner;
    private readonly ulong[] _free;

    private int _taken;

    /// <param name="limit">How many may be taken at first.</param>
    /// <param name="count">How many may ever be taken.</param>
    public SlotTable(int limit, int count)
    {
        _owner = new int[count];
        _free = new ulong[(count + 63) / 64];
        for (int slot = 0; slot < count; slot++)
        {
            _owner[slot] = -1;
            _free[slot >> 6] |= 1UL << slot;
        }

        Limit = limit;
    }

    /// <summary>How many may be taken now. It changes only while none is, so the lowest free ones are always among them.</summary>
    public int Limit { get; set; }

    public int Free => Limit - _taken;

    /// <summary>The unit on a slot, counted from 0, or -1.</summary>
    public int OwnerOf(int slot) => _owner[slot];

    /// <summary>Takes the lowest free slots; the first of them, counted from 0.</summary>
    public int Take(int unit, int count)
    {
        _taken += count;
        int first = -1;
        for (int word = 0; count > 0; word++)
        {
            while (count > 0 && _free[word] != 0)
            {
                int slot = (word << 6) + BitOperations.TrailingZeroCount(_free[word]);
                _free[word] &= _free[word] - 1;
                _owner[slot] = unit;
                first = first < 0 ? slot : first;
                count--;
            }
        }

        return first;
    }

    public void Release(int unit, int first, int count)
    {
        _taken -= count;
        for (int slot = first; count > 0; slot++)
        {
            if (_owner[slot] == unit)
            {
                _owner[slot] = -1;
                _free[slot >> 6] |= 1UL << slot;
                count--;
            }
        }
    }

    /// <summary>The slots of a unit, counted from 1, of which it has this many from the first on.</summary>
    public int[] Of(int unit, int first, int count)
    {
        int[] slots = new int[count];
        int found = 0;
        for (int slot = first; found < count; slot++)
        {
            if (_owner[slot] == unit)
            {
                slots[found++] = slot + 1;
            }
        }

        return slots;
    }
}

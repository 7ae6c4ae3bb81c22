using System.Numerics;

namespace Pexen.Scheduling;

/// <summary>Numbered slots, handed out lowest first.</summary>
internal sealed class SlotTable
{
    private readonly int[] owner;
    private readonly ulong[] free;

    public SlotTable(int count)
    {
        owner = new int[count];
        free = new ulong[(count + 63) / 64];
        for (int slot = 0; slot < count; slot++)
        {
            owner[slot] = -1;
            free[slot >> 6] |= 1UL << slot;
        }

        Free = count;
    }

    public int Free { get; private set; }

    public int Count => owner.Length;

    /// <summary>The unit on a slot, counted from 0, or -1.</summary>
    public int OwnerOf(int slot) => owner[slot];

    /// <summary>Takes the lowest free slots; the first of them, counted from 0.</summary>
    public int Take(int unit, int count)
    {
        Free -= count;
        int first = -1;
        for (int word = 0; count > 0; word++)
        {
            while (count > 0 && free[word] != 0)
            {
                int slot = (word << 6) + BitOperations.TrailingZeroCount(free[word]);
                free[word] &= free[word] - 1;
                owner[slot] = unit;
                first = first < 0 ? slot : first;
                count--;
            }
        }

        return first;
    }

    public void Release(int unit, int first, int count)
    {
        Free += count;
        for (int slot = first; count > 0; slot++)
        {
            if (owner[slot] == unit)
            {
                owner[slot] = -1;
                free[slot >> 6] |= 1UL << slot;
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
            if (owner[slot] == unit)
            {
                slots[found++] = slot + 1;
            }
        }

        return slots;
    }
}

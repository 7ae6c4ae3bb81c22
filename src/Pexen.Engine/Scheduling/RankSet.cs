using System.Numerics;

namespace Pexen.Scheduling;

/// <summary>
/// A set of ranks that tells its lowest. Ranks are dense, so a bit for each is enough, and a bit for every 64 of those, and so on: four steps for
/// sixteen million, in memory that stays in the cache where a heap would not.
/// </summary>
internal sealed class RankSet
{
    private const int Bits = 6;

    /// <summary>The ranks themselves first, the summary of all in the last.</summary>
    private readonly ulong[][] _levels;

    public RankSet(int count)
    {
        int depth = 1;
        for (int words = Words(count); words > 1; words = Words(words))
        {
            depth++;
        }

        _levels = new ulong[depth][];
        for (int level = 0; level < depth; level++)
        {
            count = Words(count);
            _levels[level] = new ulong[count];
        }
    }

    /// <summary>The lowest rank in the set, or -1.</summary>
    public int First
    {
        get
        {
            int index = 0;
            for (int level = _levels.Length - 1; level >= 0; level--)
            {
                ulong word = _levels[level][index];
                if (word == 0)
                {
                    return -1;
                }

                index = (index << Bits) + BitOperations.TrailingZeroCount(word);
            }

            return index;
        }
    }

    public void Add(int rank)
    {
        foreach (ulong[] level in _levels)
        {
            ulong bit = 1UL << (rank & 63);
            rank >>= Bits;
            if ((level[rank] & bit) != 0)
            {
                return;
            }

            level[rank] |= bit;
        }
    }

    public void Remove(int rank)
    {
        foreach (ulong[] level in _levels)
        {
            ulong bit = 1UL << (rank & 63);
            rank >>= Bits;
            if ((level[rank] &= ~bit) != 0)
            {
                return;
            }
        }
    }

    private static int Words(int count) => Math.Max(1, (count + 63) >> Bits);
}

namespace Pexen.Values;

/// <summary>Decides about one key of which providers have different writings (rule 29).</summary>
internal static class SlotMerge<T>
{
    /// <summary>Up to so many writings every two are compared; beyond, all that come before any are marked in one go.</summary>
    private const int FewVersions = 16;

    /// <param name="slots">What the providers have, that of the last declared first.</param>
    /// <param name="conflict">Who disagreed, or null.</param>
    public static ValueSlot<T> Merge(IReadOnlyList<ValueSlot<T>> slots, out ValueConflict? conflict)
    {
        List<ValueVersion<T>> all = Versions(slots);
        HashSet<ValueVersion<T>> superseded = Superseded(all);
        ValueVersion<T>? chosen = null;
        SortedSet<int> losers = [];
        foreach (ValueSlot<T> slot in slots)
        {
            if (superseded.Contains(slot.Version))
            {
                continue;
            }

            chosen ??= slot.Version;
            if (!EqualityComparer<T>.Default.Equals(slot.Version.Value, chosen.Value))
            {
                losers.Add(slot.Version.Writer);
            }
        }

        chosen ??= LastStanding(all, superseded);
        all.RemoveAll(one => one == chosen || superseded.Contains(one));
        conflict = losers.Count == 0 ? null : new ValueConflict(slots[0].Key, chosen.Writer, [.. losers]);
        return new ValueSlot<T>(slots[0].Key, chosen, [.. all]);
    }

    private static List<ValueVersion<T>> Versions(IReadOnlyList<ValueSlot<T>> slots)
    {
        HashSet<ValueVersion<T>> seen = [];
        List<ValueVersion<T>> all = [];
        foreach (ValueSlot<T> slot in slots)
        {
            Add(slot.Version);
            foreach (ValueVersion<T> overruled in slot.Overruled)
            {
                Add(overruled);
            }
        }

        return all;

        void Add(ValueVersion<T> version)
        {
            if (seen.Add(version))
            {
                all.Add(version);
            }
        }
    }

    private static HashSet<ValueVersion<T>> Superseded(List<ValueVersion<T>> all)
    {
        int least = int.MaxValue;
        int most = 0;
        foreach (ValueVersion<T> version in all)
        {
            least = Math.Min(least, version.Depth);
            most = Math.Max(most, version.Depth);
        }

        return least == most ? [] : all.Count <= FewVersions ? SupersededByPairs(all) : BeforeAnyOf(all, least);
    }

    private static HashSet<ValueVersion<T>> SupersededByPairs(List<ValueVersion<T>> all)
    {
        HashSet<ValueVersion<T>> superseded = [];
        foreach (ValueVersion<T> later in all)
        {
            foreach (ValueVersion<T> earlier in all)
            {
                if (later.Supersedes(earlier))
                {
                    superseded.Add(earlier);
                }
            }
        }

        return superseded;
    }

    private static HashSet<ValueVersion<T>> BeforeAnyOf(List<ValueVersion<T>> all, int least)
    {
        HashSet<ValueVersion<T>> before = [];
        Stack<ValueVersion<T>> open = new(all);
        while (open.TryPop(out ValueVersion<T>? version))
        {
            foreach (ValueVersion<T> one in version.Before)
            {
                if (one.Depth >= least && before.Add(one))
                {
                    open.Push(one);
                }
            }
        }

        return before;
    }

    /// <summary>Each provider's own choice is out of date, by writings that other providers had overruled: the last declared writer of those that are not.</summary>
    private static ValueVersion<T> LastStanding(List<ValueVersion<T>> all, HashSet<ValueVersion<T>> superseded)
    {
        ValueVersion<T>? last = null;
        foreach (ValueVersion<T> version in all)
        {
            if (!superseded.Contains(version) && (last is null || version.Writer > last.Writer))
            {
                last = version;
            }
        }

        return last!;
    }
}

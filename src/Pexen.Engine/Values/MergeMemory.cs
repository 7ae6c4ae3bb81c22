namespace Pexen.Values;

/// <summary>Remembers the last merges: units side by side often inherit from the same providers, and then share one set, and one file.</summary>
internal sealed class MergeMemory<T>
{
    private const int Kept = 8;

    private readonly Queue<Merged> _last = new();

    public ValueSet<T> Merge(List<ValueSet<T>> sets, out IReadOnlyList<ValueConflict> conflicts)
    {
        foreach (Merged known in _last)
        {
            if (known.IsOf(sets))
            {
                conflicts = known.Conflicts;
                return known.Result;
            }
        }

        List<ValueConflict> found = [];
        ValueSet<T> result = ValueSet<T>.Merge(sets, found);
        conflicts = found;
        _last.Enqueue(new Merged(sets, result, found));
        if (_last.Count > Kept)
        {
            _last.Dequeue();
        }

        return result;
    }

    private sealed record Merged(List<ValueSet<T>> Sets, ValueSet<T> Result, List<ValueConflict> Conflicts)
    {
        public bool IsOf(List<ValueSet<T>> sets)
        {
            if (sets.Count != Sets.Count)
            {
                return false;
            }

            for (int i = 0; i < sets.Count; i++)
            {
                if (sets[i] != Sets[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}

namespace Pexen.Values;

/// <summary>
/// The values that units wrote, as they arrive at one unit or leave it (rule 29). Immutable; what two sets have in common they share, and
/// merging costs what they differ in.
/// </summary>
internal sealed class ValueSet<T>
{
    private readonly ValueNode<T>? _root;

    private ValueSet(ValueNode<T>? root) => _root = root;

    public static ValueSet<T> Empty { get; } = new(null);

    public bool IsEmpty => _root is null;

    /// <summary>What a unit inherits.</summary>
    /// <param name="providers">What its providers pass on, in the order in which they are declared.</param>
    /// <param name="conflicts">Gets a line for each key on which unordered writers disagree.</param>
    public static ValueSet<T> Merge(IReadOnlyList<ValueSet<T>> providers, ICollection<ValueConflict> conflicts)
    {
        // From the last to the first, so that what is met first has the last word, and what comes again later changes nothing.
        ValueSet<T> all = Empty;
        Dictionary<string, List<ValueSlot<T>>>? differing = null;
        for (int index = providers.Count - 1; index >= 0; index--)
        {
            ValueSet<T> provider = providers[index];
            all = all.IsEmpty ? provider
                : provider.IsEmpty ? all
                : all.WithRoot(ValueNode<T>.Merge(all._root!, provider._root!, Note));
        }

        if (differing is null)
        {
            return all;
        }

        List<string> keys = [.. differing.Keys];
        keys.Sort(StringComparer.Ordinal);
        ValueNode<T>? root = all._root;
        foreach (string key in keys)
        {
            ValueSlot<T> slot = SlotMerge<T>.Merge(differing[key], out ValueConflict? conflict);
            root = ValueNode<T>.Put(root, slot);
            if (conflict is not null)
            {
                conflicts.Add(conflict);
            }
        }

        return new ValueSet<T>(root);

        void Note(ValueSlot<T> mine, ValueSlot<T> other)
        {
            differing ??= new Dictionary<string, List<ValueSlot<T>>>(StringComparer.Ordinal);
            if (!differing.TryGetValue(mine.Key, out List<ValueSlot<T>>? slots))
            {
                differing.Add(mine.Key, slots = [mine]);
            }

            slots.Add(other);
        }
    }

    /// <summary>What a unit passes on that inherits this and writes besides; of a key given twice the last counts.</summary>
    public ValueSet<T> With(int writer, IEnumerable<KeyValuePair<string, T>> written)
    {
        ValueNode<T>? root = _root;
        foreach ((string key, T value) in written)
        {
            root = ValueNode<T>.Put(root, ValueSlot<T>.Written(key, writer, value, ValueNode<T>.Find(_root, key)));
        }

        return WithRoot(root);
    }

    public bool TryGet(string key, out T value)
    {
        ValueSlot<T>? slot = ValueNode<T>.Find(_root, key);
        value = slot is null ? default! : slot.Version.Value;
        return slot is not null;
    }

    /// <summary>Index of the unit whose value counts, or null.</summary>
    public int? WriterOf(string key) => ValueNode<T>.Find(_root, key)?.Version.Writer;

    /// <summary>All keys and values, in ordinal order of the keys.</summary>
    public IReadOnlyList<KeyValuePair<string, T>> ToSortedList()
    {
        List<KeyValuePair<string, T>> all = [];
        ValueNode<T>.Visit(_root, slot => all.Add(new(slot.Key, slot.Version.Value)));
        all.Sort(static (one, other) => string.CompareOrdinal(one.Key, other.Key));
        return all;
    }

    private ValueSet<T> WithRoot(ValueNode<T>? root) => root == _root ? this : new ValueSet<T>(root);
}

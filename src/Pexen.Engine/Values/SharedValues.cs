namespace Pexen.Values;

/// <summary>
/// The values of one run: what each unit inherits and passes on (rule 29). Units may come at any time; each is known by its index.
/// Costs nothing for units that neither write nor inherit.
/// </summary>
internal sealed class SharedValues<T>
{
    private readonly Dictionary<int, ValueSet<T>> _inherited = [];
    private readonly Dictionary<int, ValueSet<T>> _passed = [];
    private readonly MergeMemory<T> _memory = new();

    /// <summary>Nobody has passed anything on so far.</summary>
    public bool IsEmpty => _passed.Count == 0;

    /// <summary>To be called when a unit starts.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="providers">Those of its providers that have provided, in the order in which they are declared.</param>
    /// <param name="conflicts">Keys on which unordered writers disagree, in order.</param>
    public ValueSet<T> Inherit(int unit, IReadOnlyList<int> providers, out IReadOnlyList<ValueConflict> conflicts)
    {
        conflicts = [];
        if (_passed.Count == 0)
        {
            return ValueSet<T>.Empty;
        }

        List<ValueSet<T>> sets = [];
        foreach (int provider in providers)
        {
            if (_passed.TryGetValue(provider, out ValueSet<T>? passed))
            {
                sets.Add(passed);
            }
        }

        if (sets.Count == 0)
        {
            return ValueSet<T>.Empty;
        }

        ValueSet<T> inherited = sets.Count == 1 ? sets[0] : _memory.Merge(sets, out conflicts);
        _inherited[unit] = inherited;
        return inherited;
    }

    /// <summary>To be called when a unit has provided: from now on its dependents inherit what it inherited and what it wrote. Of one that did not, nobody inherits.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="written">Null for nothing.</param>
    public void Provide(int unit, IReadOnlyCollection<KeyValuePair<string, T>>? written)
    {
        // What an earlier attempt left counts no more.
        _passed.Remove(LeftBy(unit));
        Pass(unit, unit, written);
    }

    /// <summary>The number under which is found what a unit left that did not provide.</summary>
    public static int LeftBy(int unit) => ~unit;

    /// <summary>To be called when a unit has ended without providing: what it inherited and wrote, for those who ask for it by <see cref="LeftBy"/>.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="written">Null for nothing.</param>
    public void Leave(int unit, IReadOnlyCollection<KeyValuePair<string, T>>? written) => Pass(unit, LeftBy(unit), written);

    public ValueSet<T> InheritedBy(int unit) => _inherited.GetValueOrDefault(unit, ValueSet<T>.Empty);

    private void Pass(int unit, int under, IReadOnlyCollection<KeyValuePair<string, T>>? written)
    {
        ValueSet<T> passed = InheritedBy(unit);
        passed = written is null ? passed : passed.With(unit, written);
        if (!passed.IsEmpty)
        {
            _passed[under] = passed;
        }
    }
}

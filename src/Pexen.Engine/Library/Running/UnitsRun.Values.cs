using Pexen.Model;
using Pexen.Scheduling;
using Pexen.Values;

namespace Pexen.Library;

/// <summary>Values between units (rule 29). All of it under the lock, and nothing of it in a run whose units write none.</summary>
internal sealed partial class UnitsRun
{
    private readonly List<int> _providers = [];

    private ValueSet<SharedValue> Inherit(PlannedUnit unit)
    {
        _providers.Clear();
        foreach (Dependency dependency in unit.Dependencies)
        {
            AddProvider(dependency);
        }

        foreach (Dependency dependency in _joined?.GetValueOrDefault(unit.Index) ?? [])
        {
            AddProvider(dependency);
        }

        if (_providers.Count == 0)
        {
            return ValueSet<SharedValue>.Empty;
        }

        SortProviders();
        ValueSet<SharedValue> inherited = _values.Inherit(unit.Index, _providers, out IReadOnlyList<ValueConflict> conflicts);
        foreach (ValueConflict conflict in conflicts)
        {
            _notes.Add(Diagnostics.SharedValueWrittenTwice(unit.Name, conflict.Key, NameOf(conflict.Winner), conflict.Losers.Select(NameOf)));
        }

        return inherited;
    }

    /// <summary>Rule 4: those that have provided by now.</summary>
    private void AddProvider(Dependency dependency)
    {
        if (dependency.Kind != DependencyKind.After && _scheduler.StateOf(dependency.Unit) == UnitState.Provided)
        {
            _providers.Add(dependency.Unit);
        }
    }

    /// <summary>In the order in which they are declared, each once.</summary>
    private void SortProviders()
    {
        _providers.Sort();
        int kept = 1;
        for (int next = 1; next < _providers.Count; next++)
        {
            if (_providers[next] != _providers[kept - 1])
            {
                _providers[kept++] = _providers[next];
            }
        }

        _providers.RemoveRange(kept, _providers.Count - kept);
    }

    private void PassOn(UnitAttempt attempt)
    {
        IReadOnlyCollection<KeyValuePair<string, SharedValue>> written = attempt.Context?.WrittenShared?.Seal() ?? [];
        if (written.Count > 0 || !attempt.Inherited.IsEmpty)
        {
            _values.Provide(attempt.Index, written);
            _valuesPassed = true;
        }
    }

    /// <summary>What it had at its end: nothing is copied, for nobody can change it any more.</summary>
    private IReadOnlyDictionary<string, object?> SharedOf(UnitAttempt attempt)
    {
        if (attempt.Context?.WrittenShared is null && attempt.Inherited.IsEmpty)
        {
            return Presets;
        }

        SharedDictionary shared = attempt.Context?.WrittenShared ?? attempt.MakeShared();
        shared.Seal();
        return shared;
    }
}

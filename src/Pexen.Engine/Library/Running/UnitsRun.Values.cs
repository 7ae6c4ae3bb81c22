using Pexen.Execution.Exchange;
using Pexen.Execution.Workers;
using Pexen.Model;
using Pexen.Scheduling;
using Pexen.Values;

namespace Pexen.Library;

/// <summary>Values between units (rule 29). All of it under the lock, and nothing of it in a run whose units write none.</summary>
internal sealed partial class UnitsRun
{
    private readonly List<int> _providers = [];

    /// <summary>From <c>PEXEN_ENV</c> and <c>PEXEN_PATH</c>: for processes, but delegates and milestones between them pass it on.</summary>
    private readonly SharedValues<string> _variables = new();
    private readonly InheritedFolders _folders = new();

    private void Note(Diagnostic note)
    {
        lock (_gate)
        {
            _notes.Add(note);
        }
    }

    private void Inherit(UnitAttempt attempt, PlannedUnit unit)
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
            return;
        }

        SortProviders();
        if (!attempt.Definition.Finalizes.IsEmpty)
        {
            AddWhatWasLeft(unit);
        }

        attempt.Inherited = _values.Inherit(unit.Index, _providers, out IReadOnlyList<ValueConflict> conflicts);
        Report(attempt, unit, "shared value", conflicts);
        attempt.InheritedEnvironment = _variables.Inherit(unit.Index, _providers, out conflicts);
        Report(attempt, unit, "environment variable", conflicts);
        attempt.InheritedFolders = _folders.Inherit(unit.Index, _providers);
    }

    private void Report(UnitAttempt attempt, PlannedUnit unit, string what, IReadOnlyList<ValueConflict> conflicts)
    {
        foreach (ValueConflict conflict in conflicts)
        {
            // Every method that returns something has this one: nobody chose the key, so nobody can choose another. And it is said once, not at each attempt.
            if (conflict.Key != WorkerReply.ReturnKey && attempt.Number == 1)
            {
                _notes.Add(Diagnostics.SharedValueWrittenTwice(unit.Name, what, conflict.Key, NameOf(conflict.Winner), conflict.Losers.Select(NameOf)));
            }
        }
    }

    /// <summary>Rule 4: those that have provided by now.</summary>
    private void AddProvider(Dependency dependency)
    {
        if (dependency.Kind == DependencyKind.Finalizes)
        {
            _providers.Add(dependency.Unit);
        }
        else if (dependency.Kind != DependencyKind.After && _scheduler.StateOf(dependency.Unit) == UnitState.Provided)
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

    /// <summary>What a unit left that did not provide has a place of its own, where only those look that clean up after it (rule 25).</summary>
    private void AddWhatWasLeft(PlannedUnit finalizer)
    {
        HashSet<int> finalized = [.. finalizer.Dependencies.Where(one => one.Kind == DependencyKind.Finalizes).Select(one => one.Unit)];
        int[] providers = [.. _providers.SelectMany(one => finalized.Contains(one) ? new[] { one, SharedValues<SharedValue>.LeftBy(one) } : [one])];
        _providers.Clear();
        _providers.AddRange(providers);
    }

    /// <summary>An attempt did not provide: what it wrote is for those who clean up after it, and for nobody else.</summary>
    private void LeaveBehind(UnitAttempt attempt, WrittenValues? ofProcess)
    {
        IReadOnlyCollection<KeyValuePair<string, SharedValue>> written = attempt.WrittenShared?.Seal() ?? [];
        if (!_graph.HasLifetimes)
        {
            return;
        }

        _values.Leave(attempt.Index, written);
        _variables.Leave(attempt.Index, ofProcess?.Environment);
        _folders.Leave(attempt.Index, ofProcess?.Folders);
        _valuesPassed = true;
    }

    private void PassOn(UnitAttempt attempt, WrittenValues? ofProcess)
    {
        IReadOnlyCollection<KeyValuePair<string, SharedValue>> written = attempt.WrittenShared?.Seal() ?? [];
        if (written.Count > 0 || !attempt.Inherited.IsEmpty)
        {
            _values.Provide(attempt.Index, written);
            _valuesPassed = true;
        }

        if (ofProcess is not null || !attempt.InheritedEnvironment.IsEmpty || !attempt.InheritedFolders.IsEmpty)
        {
            _variables.Provide(attempt.Index, ofProcess?.Environment);
            _folders.Provide(attempt.Index, ofProcess?.Folders);
            _valuesPassed = true;
        }
    }

    /// <summary>What a process wrote for others; if that cannot be read, those who wait for it must not run as if it had written nothing.</summary>
    private Judgement JudgeWritten(UnitAttempt attempt, Judgement judgement, WrittenValues written)
    {
        foreach (Diagnostic problem in written.Problems)
        {
            _notes.Add(problem);
        }

        if (written.Failure is not string failure)
        {
            return judgement;
        }

        if (judgement.Outcome == Outcome.Succeeded)
        {
            return UnitJudge.JudgeUnreadable(attempt.Definition, failure);
        }

        _notes.Add(Diagnostics.ValuesOfFailedUnitUnreadable(attempt.Definition, failure));
        return judgement;
    }

    /// <summary>What it had at its end: nothing is copied, for nobody can change it any more.</summary>
    private IReadOnlyDictionary<string, object?> SharedOf(UnitAttempt attempt)
    {
        if (attempt.WrittenShared is null && attempt.Inherited.IsEmpty)
        {
            return Presets;
        }

        SharedDictionary shared = attempt.WrittenShared ?? attempt.MakeShared();
        shared.Seal();
        return shared;
    }
}

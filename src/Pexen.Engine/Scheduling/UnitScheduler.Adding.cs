using Pexen.Model;

namespace Pexen.Scheduling;

/// <summary>Units that join while the plan runs (rule 32).</summary>
internal sealed partial class UnitScheduler
{
    /// <summary>Units are added to the plan while it runs (rule 32): the graph takes them in, and they wait, are ready or are skipped as if they had always been there.</summary>
    public void Add(PlanExtension extension)
    {
        _graph.Extend(extension);
        Add(extension.Dependencies.AsSpan());
    }

    /// <summary>Takes in the units that the graph has got since the last time.</summary>
    /// <param name="dependencies">What units that were there before, and have not started, wait for besides. One that is ready goes back to waiting.</param>
    public void Add(ReadOnlySpan<AddedDependency> dependencies)
    {
        int first = _state.UnitCount;
        int count = _graph.UnitCount;
        _state.Grow(count);
        Growth.Reserve(ref _firstSlot, count, 0);
        Growth.Reserve(ref _keepsLocks, count, false);
        _dependencies.Grow();
        _room.Enroll(KeepsFromAll);
        for (int unit = first; unit < count && IsStopped; unit++)
        {
            _endWhenStopped(unit);
        }

        AddDependencies(first, dependencies);
        _lifetimes?.Grow(dependencies);
        Propagate();
        WaitAgain(dependencies);
        OfferAwaited();
        EnterReady();
    }

    /// <summary>All edges first, as alternatives count together; then those are skipped that can never start.</summary>
    private void AddDependencies(int first, ReadOnlySpan<AddedDependency> dependencies)
    {
        foreach (AddedDependency added in dependencies)
        {
            if (_state[added.Unit] is UnitState.Running or UnitState.Up or UnitState.Returning or UnitState.Provided or UnitState.Failed)
            {
                throw new InvalidOperationException($"unit {added.Unit} has started, so it cannot wait for unit {added.Dependency.Unit}");
            }

            _dependencies.AddToPlanned(added.Unit, added.Dependency, _state);
        }

        for (int unit = first; unit < _state.UnitCount; unit++)
        {
            foreach (Dependency dependency in _graph.DependenciesOf(unit))
            {
                _dependencies.Add(unit, dependency, _state);
            }
        }

        foreach (AddedDependency added in dependencies)
        {
            SkipIfHopeless(added.Unit, added.Dependency);
            _dependencies.GiveUp(added.Unit, added.Dependency);
            if (_dependencies.IsSatisfied(added.Unit))
            {
                NoteReady(added.Unit);
            }
        }

        for (int unit = first; unit < _state.UnitCount; unit++)
        {
            AddUnit(unit);
        }
    }

    private void AddUnit(int unit)
    {
        if (_state.HasEnded(unit))
        {
            return;
        }

        if (_room.Lines.LossOf(unit) is { Reason: not SkipReason.None } loss)
        {
            Skip(unit, loss);
            return;
        }

        foreach (Dependency dependency in _graph.DependenciesOf(unit))
        {
            SkipIfHopeless(unit, dependency);
        }

        if (_dependencies.IsSatisfied(unit))
        {
            NoteReady(unit);
        }
    }

    private void SkipIfHopeless(int unit, Dependency dependency)
    {
        if (_state.CanStillStart(unit) && _dependencies.IsHopeless(unit, dependency, _state))
        {
            Skip(unit, CauseBy(dependency.Unit));
        }
    }

    /// <summary>Units that had nothing to wait for and have now. They keep their age, so nobody passes them for it.</summary>
    private void WaitAgain(ReadOnlySpan<AddedDependency> dependencies)
    {
        foreach (AddedDependency added in dependencies)
        {
            UnitState was = _state[added.Unit];
            if (was is not (UnitState.Ready or UnitState.Outside or UnitState.Resting) || _dependencies.IsSatisfied(added.Unit))
            {
                continue;
            }

            _state.Move(added.Unit, was, UnitState.Waiting);
            _events.Enqueue(new SchedulerEvent(added.Unit, UnitState.Waiting));
            if (was == UnitState.Ready)
            {
                _room.Leave(added.Unit);
            }
        }
    }
}

namespace Pexen.Scheduling;

/// <summary>What services and finalizers add to the scheduler (rules 24 to 28). Nothing here is reached in a run without them.</summary>
internal sealed partial class UnitScheduler
{
    private readonly Lifetimes? _lifetimes;
    private readonly KeptForFinalizers? _kept;

    /// <summary>Changes in what waits are carried on to others also when nothing new starts any more: finalizers still do.</summary>
    private bool CarriesOn => !IsStopped || _lifetimes is not null;

    private bool SomethingWillHappen =>
        _state.Count(UnitState.Running) + _state.Count(UnitState.Outside) + _state.Count(UnitState.Resting) + _state.Count(UnitState.Returning) > 0 || _lifetimes!.AnyStopping;

    /// <summary>Whether the end of a run does not keep a unit from starting: it cleans up after others, or is a service that those require who do.</summary>
    public bool OutlivesTheRun(int unit) => _lifetimes is not null && _lifetimes.OutlivesTheRun(unit);

    public bool IsFinalizer(int unit) => _lifetimes is not null && _lifetimes.IsFinalizer(unit);

    /// <summary>Whether a service is up that nobody has asked to stop, or was asked to: all that it is up for have ended.</summary>
    public bool IsToBeStopped(int service) => _lifetimes is not null && _lifetimes.Users.IsGone(service);

    /// <summary>A running service is ready: what it provides counts as provided, its slots are free, what it holds it goes on to hold.</summary>
    public void BecomeReady(int unit)
    {
        if (_lifetimes is null || !_lifetimes.Users.IsService(unit))
        {
            throw new InvalidOperationException($"unit {unit} is no service, so it cannot be up");
        }

        _state.Move(unit, UnitState.Running, UnitState.Up);
        _slots.Release(unit, _firstSlot[unit], Width(unit));
        _room.Release(unit, resources: false);
        _lifetimes.NoteUp(unit);
        _ended.Enqueue(unit);
        Propagate();
        _room.OfferRefused(_lifetimes.Users.AwaitedBy(unit));
        EnterReady();
    }

    /// <summary>Ends finalizers that have not started, when even these have no time left. Only after <see cref="Cancel"/>.</summary>
    public void CancelFinalizers()
    {
        for (int unit = 0; _lifetimes is not null && unit < _state.UnitCount; unit++)
        {
            if (_state.CanStillStart(unit))
            {
                End(unit, UnitState.Cancelled);
            }
        }

        Propagate();
        EnterReady();
    }

    /// <summary>With units that have joined, services that are up may wait for others than before.</summary>
    private void OfferAwaited()
    {
        foreach (int service in _lifetimes?.WaitingServices ?? [])
        {
            _room.OfferRefused(_lifetimes!.Users.AwaitedBy(service));
        }
    }

    private static Lifetimes? CreateLifetimes(ScheduleGraph graph, StateTable state, DependencyTable dependencies, WaitingRoom room, bool held)
    {
        if (!graph.HasLifetimes)
        {
            return null;
        }

        for (int unit = 0; unit < graph.UnitCount; unit++)
        {
            if ((graph.TraitsOf(unit) & UnitTraits.Service) != 0)
            {
                dependencies.WaitForDemand(unit);
            }
        }

        Lifetimes lifetimes = new(graph, state, dependencies, room.Lines, held);
        dependencies.WasLeft = lifetimes.Users.WasLeft;
        room.Heed(lifetimes);
        return lifetimes;
    }

    private EdgeMoment MomentOf(int unit) =>
        _state[unit] == UnitState.Up ? EdgeMoment.Up : _lifetimes is not null && _lifetimes.WasUp(unit) ? EdgeMoment.EndOfUp : EdgeMoment.End;

    /// <summary>Somebody is up or has ended, and his dependents know. Now those that count.</summary>
    private void Account(int unit)
    {
        if (_state.HasEnded(unit))
        {
            _lifetimes!.Finalizers.Ended(unit);
            _lifetimes.Users.Ended(unit);
            if (IsFinalizer(unit))
            {
                SettleKept(unit);
            }
        }

        _lifetimes!.Demand.Wake(unit);
    }

    /// <summary>What follows when all that a step has brought to its end is known: services nobody needs, finalizers nobody needs, and then the services that are wanted.</summary>
    private void TakeLifetimeSteps()
    {
        while (EndWhatNobodyNeeds())
        {
            Propagate();
        }

        _lifetimes!.Demand.LookAtAll();
        while (_lifetimes.Demand.TryTakeWanted(out int service))
        {
            if (_dependencies.MeetDemand(service))
            {
                NoteReady(service);
            }
        }
    }

    private bool EndWhatNobodyNeeds()
    {
        while (_lifetimes!.Users.TryTakeUnneeded(out int service))
        {
            if (_state.CanStillStart(service))
            {
                End(service, UnitState.NotNeeded);
            }
            else if (!_state.HasEnded(service))
            {
                _events.Enqueue(new SchedulerEvent(service, _state[service], StopDemand.NotNeeded));
            }
        }

        while (_lifetimes.Finalizers.TryTakeDue(out int finalizer))
        {
            if (_state.CanStillStart(finalizer) && !_lifetimes.Finalizers.IsNeeded(finalizer))
            {
                End(finalizer, UnitState.NotNeeded);
            }
        }

        return _ended.Count > 0;
    }

    /// <summary>A service ended although others need it: those that wait are skipped, those that run are to be stopped, at once.</summary>
    private void Bereave(int service)
    {
        foreach (int loser in _lifetimes!.LosersOf(service))
        {
            if (_state.CanStillStart(loser))
            {
                Skip(loser, new SkipCause(SkipReason.NotProvided, service));
            }
            else if (!_state.HasEnded(loser))
            {
                _events.Enqueue(new SchedulerEvent(loser, _state[loser], StopDemand.ServiceDied, service));
            }
        }
    }

    /// <summary>
    /// Nothing runs and nothing can start, as services that are up hold what others need that these services wait for. Somebody has to give
    /// way: the first in the ready order of those that are ready, finalizers last. Where none is ready a service starts before somebody
    /// has everything else; where that does not help either, somebody that waits gives way. False when that is not so.
    /// </summary>
    private bool BreakStandstill()
    {
        if (_lifetimes is null || IsFinished || SomethingWillHappen)
        {
            return false;
        }

        int victim = FirstOf(UnitState.Ready, _ => true);
        if (victim < 0 && FirstOf(UnitState.Waiting, IsOnlyNotAskedFor) is >= 0 and int service)
        {
            _lifetimes.Demand.Force(service);
            EnterReady();
            return true;
        }

        if (victim < 0 && IsHeld)
        {
            // What waits now waits for the release.
            return false;
        }

        victim = victim < 0 ? FirstOf(UnitState.Waiting, _ => true) : victim;
        if (victim < 0)
        {
            return false;
        }

        Obstacle obstacle = ObstaclesOf(victim).FirstOrDefault(new Obstacle(ObstacleKind.Slots));
        Skip(victim, new SkipCause(SkipReason.Standstill, obstacle.Unit, obstacle.Resource));
        Propagate();
        EnterReady();
        return true;
    }

    private bool IsOnlyNotAskedFor(int unit) =>
        _lifetimes!.Users.IsService(unit) && !_lifetimes.Demand.IsAskedFor(unit) && _dependencies.WaitsForDemandAlone(unit);

    /// <summary>The first in the ready order of those in a state, finalizers last; or -1.</summary>
    private int FirstOf(UnitState state, Predicate<int> which)
    {
        int first = -1;
        for (int unit = 0; unit < _state.UnitCount; unit++)
        {
            if (_state[unit] == state && which(unit) && (first < 0 || IsBefore(unit, first)))
            {
                first = unit;
            }
        }

        return first;
    }

    private bool IsBefore(int unit, int other) =>
        IsFinalizer(unit) == IsFinalizer(other) ? _room.RankOf(unit) < _room.RankOf(other) : IsFinalizer(other);
}

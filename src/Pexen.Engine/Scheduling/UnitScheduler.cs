using System.Collections.Immutable;

namespace Pexen.Scheduling;

/// <summary>
/// Decides which unit may start when. A state machine without clock, thread or file: it is told what happened and asked what may start next.
/// The same questions in the same order give the same answers. Cost: linear in units, edges and holds, but for a logarithm in the heaps;
/// <c>docs/design.md</c> has the argument and the inputs that defeat it.
/// </summary>
internal sealed partial class UnitScheduler
{
    private readonly ScheduleGraph _graph;
    private readonly ScheduleOptions _options;
    private readonly StateTable _state;
    private int[] _firstSlot;
    private bool[] _keepsLocks;
    private readonly EventQueue _events = new();
    private readonly RankedList _nowReady = new();
    private readonly Queue<int> _ended = new();
    private readonly DependencyTable _dependencies;
    private readonly RealmGate? _gate;
    private readonly ResourceTree _tree;
    private readonly WaitingRoom _room;
    private readonly SlotTable _slots;
    private SkipCause[]? _causes;
    private Action<int> _endWhenStopped = _ => { };
    private int _failures;

    public UnitScheduler(ScheduleGraph graph, ScheduleOptions options)
    {
        _graph = graph;
        _options = options;
        int count = _graph.UnitCount;
        _state = new StateTable(count);
        _firstSlot = new int[count];
        _keepsLocks = new bool[count];
        _dependencies = new DependencyTable(_graph);
        _gate = _graph.Places is { HasRealms: true } places ? new RealmGate(places, _options.MaxParallel) : null;
        _tree = new ResourceTree(_graph) { Gate = _gate };
        _room = new WaitingRoom(_graph, _tree, _state);
        _slots = new SlotTable(_options.MaxParallel, Math.Max(_options.MaxParallel, _gate?.MostSlots ?? 0));
        _lifetimes = CreateLifetimes(_graph, _state, _dependencies, _room, _options.Held);
        _kept = _lifetimes is null ? null : new KeptForFinalizers(_lifetimes);
        if (_options.Held && _lifetimes is not null)
        {
            Hold();
        }

        for (int unit = 0; unit < count; unit++)
        {
            if (_dependencies.IsSatisfied(unit))
            {
                NoteReady(unit);
            }
        }

        EnterReady();
    }

    /// <summary>Every unit has ended, one way or another.</summary>
    public bool IsFinished => _state.AllHaveEnded;

    /// <summary>Nothing new starts any more.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Slots that nobody occupies.</summary>
    public int FreeSlots => _slots.Free;

    /// <summary>How many units are in a state.</summary>
    public int Count(UnitState which) => _state.Count(which);

    public UnitState StateOf(int unit) => _state[unit];

    /// <summary>Why a unit was skipped.</summary>
    public SkipCause CauseOf(int unit) => _state[unit] == UnitState.Skipped ? _causes![unit] : default;

    /// <summary>The next of the decisions that were made since they were last read to the end; they should be read after every call.</summary>
    public bool TryReadEvent(out SchedulerEvent happened) => _events.TryDequeue(out happened);

    /// <summary>Starts the first unit of the ready order that may start now. False when nothing can start before something ends.</summary>
    public bool TryTakeNext(out Grant grant)
    {
        grant = default;
        int unit;
        do
        {
            unit = !CarriesOn || _slots.Free == 0 ? -1 : FindNext();
        }
        while (unit < 0 && BreakStandstill());
        if (unit < 0)
        {
            return false;
        }

        // Where nothing runs another realm may begin, with another number of slots.
        _slots.Limit = SlotCount(unit);
        if (Width(unit) > _slots.Free)
        {
            return false;
        }

        if (_state[unit] == UnitState.Returning)
        {
            TakeReturned(unit);
        }
        else
        {
            _state.Move(unit, UnitState.Ready, UnitState.Running);
            _room.Take(unit);
        }

        _firstSlot[unit] = _slots.Take(unit, Width(unit));
        grant = new Grant(unit, _firstSlot[unit] + 1);
        return true;
    }

    /// <summary>A running unit ended, or a service that was up.</summary>
    public void Complete(int unit, Completion completion)
    {
        bool wasUp = _state[unit] == UnitState.Up;
        _state.Move(unit, wasUp ? UnitState.Up : UnitState.Running, completion.Provided ? UnitState.Provided : UnitState.Failed);
        if (!wasUp)
        {
            _slots.Release(unit, _firstSlot[unit], Width(unit));
        }

        _room.Release(unit, places: !wasUp, resources: completion.ReleasesLocks);
        _lifetimes?.NoteEnd(unit, completion);
        if (wasUp && !completion.Provided)
        {
            Bereave(unit);
        }

        _ended.Enqueue(unit);
        Propagate();
        if (!completion.ReleasesLocks)
        {
            _keepsLocks[unit] = true;
            SkipThoseWhoNeed(unit);
            Propagate();
        }

        if (completion.CountsAsFailure && ++_failures >= _options.MaxFailures && _options.FailurePolicy == FailurePolicy.FailFast)
        {
            StopStarting(SkipReason.FailFast, unit);
        }

        EnterReady();
    }

    /// <summary>A unit that was just taken could not have a resource because of another build: it gives everything back and stays outside until <see cref="Retry"/>.</summary>
    public void GiveBack(int unit)
    {
        _state.Move(unit, UnitState.Running, UnitState.Outside);
        _slots.Release(unit, _firstSlot[unit], Width(unit));
        _room.Release(unit);
        if (IsStopped && !OutlivesTheRun(unit))
        {
            _endWhenStopped(unit);
            Propagate();
            EnterReady();
        }
    }

    /// <summary>A unit from outside waits in line again, at the place it had. No event: it is as ready as it was.</summary>
    public void Retry(int unit)
    {
        _state.Move(unit, UnitState.Outside, UnitState.Ready);
        _room.Enter(unit);
    }

    /// <summary>Nothing new starts but finalizers and what they require of services: all else that does not run is skipped, those outside included. Running units are left to end.</summary>
    public void StopStarting(SkipReason reason, int unit = -1)
    {
        SkipCause cause = new(reason, unit);
        EndAllThatDoNotRun(other => Skip(other, cause));
        EnterReady();
    }

    /// <summary>These will not run, but for those that run already or have ended; what depends on them is skipped in turn.</summary>
    public void Skip(ReadOnlySpan<int> units, SkipCause cause)
    {
        foreach (int unit in units)
        {
            if (_state.CanStillStart(unit))
            {
                Skip(unit, cause);
            }
        }

        Propagate();
        EnterReady();
    }

    /// <summary>The same for a cancelled run.</summary>
    public void Cancel()
    {
        EndAllThatDoNotRun(unit => End(unit, UnitState.Cancelled));
        EnterReady();
    }

    /// <summary>The slots of a running unit, counted from 1.</summary>
    public int[] SlotsOf(int unit) => _state[unit] == UnitState.Running ? _slots.Of(unit, _firstSlot[unit], Width(unit)) : [];

    /// <summary>What a unit holds while it runs.</summary>
    public ReadOnlySpan<ScheduleHold> HoldsOf(int unit) =>
        _graph.Holds.AsSpan(_graph.HoldStart[unit], _graph.HoldStart[unit + 1] - _graph.HoldStart[unit]);

    /// <summary>Whether it does not run but what it held stays held: until the end, until its next attempt, or until a finalizer frees it.</summary>
    public bool HoldsUntilTheEnd(int unit) => _keepsLocks[unit] && _graph.HoldStart[unit + 1] > _graph.HoldStart[unit];

    /// <summary>What keeps a waiting or ready unit from starting now. Costs a look at its dependencies, or at all running units.</summary>
    public ImmutableArray<Obstacle> ObstaclesOf(int unit) => new ObstacleFinder(_state, _dependencies, _room, _keepsLocks, _gate, _kept).ObstaclesOf(unit);

    /// <summary>No unit gets more slots than there are (rule 12).</summary>
    private int Width(int unit) => Math.Min(_graph.Slots[unit], SlotCount(unit));

    /// <summary>How many slots there are for a unit and those that may run beside it: an exclusive group may have its own number (rule 28).</summary>
    private int SlotCount(int unit) => _gate is null ? _options.MaxParallel : _gate.SlotsFor(unit);

    private void NoteReady(int unit) => _nowReady.Add(unit, _room.RankOf(unit));

    /// <summary>Those whose last dependency ended in this step get ready together, in the ready order.</summary>
    private void EnterReady()
    {
        if (_lifetimes is not null)
        {
            TakeLifetimeSteps();
        }

        _nowReady.Sort();
        for (int index = 0; index < _nowReady.Count; index++)
        {
            int unit = _nowReady[index];
            if (_state[unit] == UnitState.Waiting)
            {
                if (IsFinalizer(unit))
                {
                    LendTo(unit);
                }

                _state.Move(unit, UnitState.Waiting, UnitState.Ready);
                _events.Enqueue(new SchedulerEvent(unit, UnitState.Ready));
                _room.Enter(unit);
            }
        }

        _nowReady.Clear();
    }

    /// <summary>Tells the dependents of all that ended, and theirs in turn where they are skipped. A loop, as chains may be long.</summary>
    private void Propagate()
    {
        while (_ended.TryDequeue(out int provider))
        {
            bool provided = _state.Provides(provider);
            EdgeMoment moment = MomentOf(provider);
            int end = _dependencies.FirstEdgeFrom(provider + 1);
            for (int edge = _dependencies.FirstEdgeFrom(provider); edge < end; edge++)
            {
                Tell(edge, provided, moment, provider);
            }

            for (int edge = _dependencies.FirstLaterEdgeFrom(provider); edge >= 0; edge = _dependencies.NextLaterEdge(edge))
            {
                Tell(edge, provided, moment, provider);
            }

            if (_lifetimes is not null)
            {
                Account(provider);
            }
        }
    }

    private void Tell(int edge, bool provided, EdgeMoment moment, int provider)
    {
        EdgeEffect effect = _dependencies.Note(edge, provided, moment);
        if (effect != EdgeEffect.None)
        {
            Tell(_dependencies.DependentOf(edge), effect, provider);
        }
    }

    private void Tell(int unit, EdgeEffect effect, int provider)
    {
        if (!_state.CanStillStart(unit))
        {
            return;
        }

        if (effect == EdgeEffect.Satisfied)
        {
            NoteReady(unit);
        }
        else
        {
            Skip(unit, CauseBy(provider));
        }
    }

    /// <summary>Why those who require a unit are skipped that ended without providing.</summary>
    private SkipCause CauseBy(int provider) =>
        _state[provider] == UnitState.Skipped ? _causes![provider] : new SkipCause(SkipReason.NotProvided, provider);

    private void Skip(int unit, SkipCause cause)
    {
        _causes ??= [];
        Growth.Reserve(ref _causes, _graph.UnitCount, default);
        _causes[unit] = cause;
        End(unit, UnitState.Skipped);
    }

    private void End(int unit, UnitState how)
    {
        UnitState was = _state[unit];
        _state.Move(unit, was, how);
        _events.Enqueue(new SchedulerEvent(unit, how));
        if (CarriesOn)
        {
            _ended.Enqueue(unit);
        }

        if (was == UnitState.Ready && CarriesOn)
        {
            _room.Leave(unit);
        }
        else if (was is UnitState.Resting or UnitState.Returning)
        {
            EndRest(unit);
        }
    }

    private void EndAllThatDoNotRun(Action<int> end)
    {
        IsStopped = true;
        _endWhenStopped = end;
        EndThoseThat(end, keep: false);
        if (_keepForGood is { Count: > 0 })
        {
            // Now what these keep is of interest to finalizers alone.
            EndThoseThat(end, keep: true);
        }

        Propagate();
    }

    private void EndThoseThat(Action<int> end, bool keep)
    {
        for (int unit = 0; unit < _state.UnitCount; unit++)
        {
            if (_state.CanStillStart(unit) && !OutlivesTheRun(unit) && (_keepForGood?.Contains(unit) == true) == keep)
            {
                end(unit);
            }
        }
    }
}

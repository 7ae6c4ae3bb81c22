using System.Collections.Immutable;

namespace Pexen.Scheduling;

/// <summary>
/// Decides which unit may start when. A state machine without clock, thread or file: it is told what happened and asked what may start next.
/// The same questions in the same order give the same answers. Cost: linear in units, edges and holds, but for a logarithm in the heaps;
/// <c>docs/design.md</c> has the argument and the inputs that defeat it.
/// </summary>
internal sealed class UnitScheduler
{
    private readonly ScheduleGraph _graph;
    private readonly ScheduleOptions _options;
    private readonly UnitState[] _state;
    private readonly int[] _firstSlot;
    private readonly bool[] _keepsLocks;
    private readonly int[] _counts = new int[(int)UnitState.Cancelled + 1];
    private readonly EventQueue _events = new();
    private readonly RankedList _nowReady = new();
    private readonly Queue<int> _ended = new();
    private readonly DependencyTable _dependencies;
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
        _state = new UnitState[count];
        _firstSlot = new int[count];
        _keepsLocks = new bool[count];
        _counts[(int)UnitState.Waiting] = count;
        long[] order = new long[count];
        for (int unit = 0; unit < count; unit++)
        {
            order[unit] = -1;
        }

        _dependencies = new DependencyTable(_graph);
        _tree = new ResourceTree(_graph);
        _room = new WaitingRoom(_graph, _tree, _state, order);
        _slots = new SlotTable(_options.MaxParallel);
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
    public bool IsFinished => Count(UnitState.Waiting) + Count(UnitState.Ready) + Count(UnitState.Running) + Count(UnitState.Outside) == 0;

    /// <summary>Nothing new starts any more.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Slots that nobody occupies.</summary>
    public int FreeSlots => _slots.Free;

    /// <summary>How many units are in a state.</summary>
    public int Count(UnitState which) => _counts[(int)which];

    public UnitState StateOf(int unit) => _state[unit];

    /// <summary>Why a unit was skipped.</summary>
    public SkipCause CauseOf(int unit) => _state[unit] == UnitState.Skipped ? _causes![unit] : default;

    /// <summary>The next of the decisions that were made since they were last read to the end; they should be read after every call.</summary>
    public bool TryReadEvent(out SchedulerEvent happened) => _events.TryDequeue(out happened);

    /// <summary>Starts the first unit of the ready order that may start now. False when nothing can start before something ends.</summary>
    public bool TryTakeNext(out Grant grant)
    {
        grant = default;
        int unit = IsStopped || _slots.Free == 0 ? -1 : _room.FindNext();
        if (unit < 0 || Width(unit) > _slots.Free)
        {
            return false;
        }

        Move(unit, UnitState.Ready, UnitState.Running);
        _room.Take(unit);
        _firstSlot[unit] = _slots.Take(unit, Width(unit));
        grant = new Grant(unit, _firstSlot[unit] + 1);
        return true;
    }

    /// <summary>A running unit ended.</summary>
    public void Complete(int unit, Completion completion)
    {
        Move(unit, UnitState.Running, completion.Provided ? UnitState.Provided : UnitState.Failed);
        _slots.Release(unit, _firstSlot[unit], Width(unit));
        if (completion.ReleasesLocks)
        {
            _room.Release(unit);
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
        Move(unit, UnitState.Running, UnitState.Outside);
        _slots.Release(unit, _firstSlot[unit], Width(unit));
        _room.Release(unit);
        if (IsStopped)
        {
            _endWhenStopped(unit);
        }
    }

    /// <summary>A unit from outside waits in line again, at the place it had. No event: it is as ready as it was.</summary>
    public void Retry(int unit)
    {
        Move(unit, UnitState.Outside, UnitState.Ready);
        _room.Enter(unit);
    }

    /// <summary>Nothing new starts: all that do not run are skipped, those outside included. Running units are left to end.</summary>
    public void StopStarting(SkipReason reason, int unit = -1)
    {
        SkipCause cause = new(reason, unit);
        EndAllThatDoNotRun(other => Skip(other, cause));
    }

    /// <summary>The same for a cancelled run.</summary>
    public void Cancel() => EndAllThatDoNotRun(unit => End(unit, UnitState.Cancelled));

    /// <summary>The slots of a running unit, counted from 1.</summary>
    public int[] SlotsOf(int unit) => _state[unit] == UnitState.Running ? _slots.Of(unit, _firstSlot[unit], Width(unit)) : [];

    /// <summary>What a unit holds while it runs.</summary>
    public ReadOnlySpan<ScheduleHold> HoldsOf(int unit) =>
        _graph.Holds.AsSpan(_graph.HoldStart[unit], _graph.HoldStart[unit + 1] - _graph.HoldStart[unit]);

    /// <summary>Whether it ended but what it held stays held.</summary>
    public bool HoldsUntilTheEnd(int unit) => _keepsLocks[unit] && _graph.HoldStart[unit + 1] > _graph.HoldStart[unit];

    /// <summary>What keeps a waiting or ready unit from starting now. Costs a look at its dependencies, or at all running units.</summary>
    public ImmutableArray<Obstacle> ObstaclesOf(int unit)
    {
        if (_state[unit] == UnitState.Waiting)
        {
            return [.. _dependencies.UnfinishedOf(unit, _state).Select(other => new Obstacle(ObstacleKind.Dependency, other))];
        }

        if (_state[unit] != UnitState.Ready)
        {
            return [];
        }

        Line? line = _room.FindObstacle(unit, out bool own);
        if (line is null)
        {
            return [new Obstacle(ObstacleKind.Slots)];
        }

        return own ? HoldersAgainst(line) : [new Obstacle(ObstacleKind.Ahead, _room.FindAhead(unit, line), line.Resource)];
    }

    /// <summary>No unit gets more slots than there are (rule 12).</summary>
    private int Width(int unit) => Math.Min(_graph.Slots[unit], _slots.Count);

    /// <summary>The one place where a state changes.</summary>
    private void Move(int unit, UnitState from, UnitState to)
    {
        if (_state[unit] != from)
        {
            throw new InvalidOperationException($"unit {unit} is {_state[unit]}, so it cannot go from {from} to {to}");
        }

        _state[unit] = to;
        _counts[(int)from]--;
        _counts[(int)to]++;
    }

    private void NoteReady(int unit) => _nowReady.Add(unit, _graph.Rank[unit]);

    /// <summary>Those whose last dependency ended in this step get ready together, in the ready order.</summary>
    private void EnterReady()
    {
        _nowReady.Sort();
        for (int index = 0; index < _nowReady.Count; index++)
        {
            int unit = _nowReady[index];
            if (_state[unit] == UnitState.Waiting)
            {
                Move(unit, UnitState.Waiting, UnitState.Ready);
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
            bool provided = _state[provider] == UnitState.Provided;
            foreach (DependencyTable.Edge edge in _dependencies.EdgesFrom(provider))
            {
                if (_state[edge.Unit] != UnitState.Waiting)
                {
                    continue;
                }

                if (!_dependencies.Note(edge, provided))
                {
                    Skip(edge.Unit, _state[provider] == UnitState.Skipped ? _causes![provider] : new SkipCause(SkipReason.NotProvided, provider));
                }
                else if (_dependencies.IsSatisfied(edge.Unit))
                {
                    NoteReady(edge.Unit);
                }
            }
        }
    }

    private void Skip(int unit, SkipCause cause)
    {
        _causes ??= new SkipCause[_graph.UnitCount];
        _causes[unit] = cause;
        End(unit, UnitState.Skipped);
        if (!IsStopped)
        {
            _ended.Enqueue(unit);
        }
    }

    private void End(int unit, UnitState how)
    {
        UnitState was = _state[unit];
        Move(unit, was, how);
        _events.Enqueue(new SchedulerEvent(unit, how));
        if (was == UnitState.Ready && !IsStopped)
        {
            _room.Leave(unit);
        }
    }

    private void EndAllThatDoNotRun(Action<int> end)
    {
        IsStopped = true;
        _endWhenStopped = end;
        for (int unit = 0; unit < _state.Length; unit++)
        {
            if (_state[unit] is UnitState.Waiting or UnitState.Ready or UnitState.Outside)
            {
                end(unit);
            }
        }
    }

    /// <summary>What a unit keeps until the end nobody else can have: all that need it are skipped now, whatever else they wait for.</summary>
    private void SkipThoseWhoNeed(int holder)
    {
        foreach (Line kept in _room.Lines.OfUnit(holder))
        {
            _tree.Lose(kept);
            SkipCause cause = new(SkipReason.ResourceHeld, holder, kept.Resource);
            foreach (Line line in _room.Lines.KilledBy(kept))
            {
                foreach (int unit in _room.Lines.UnitsOf(line))
                {
                    if (_state[unit] is UnitState.Waiting or UnitState.Ready or UnitState.Outside)
                    {
                        Skip(unit, cause);
                    }
                }
            }
        }
    }

    private ImmutableArray<Obstacle> HoldersAgainst(Line line)
    {
        ImmutableArray<Obstacle>.Builder holders = ImmutableArray.CreateBuilder<Obstacle>();
        for (int other = 0; other < _state.Length; other++)
        {
            bool holds = _state[other] == UnitState.Running || _keepsLocks[other];
            if (holds && _room.Lines.FindConflict(other, line) >= 0)
            {
                holders.Add(new Obstacle(ObstacleKind.Holder, other, line.Resource));
            }
        }

        return holders.ToImmutable();
    }
}

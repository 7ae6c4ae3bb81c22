using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Scheduling;

/// <summary>
/// Decides which unit may start when. A state machine without clock, thread or file: it is told what happened and asked what may start next.
/// The same questions in the same order give the same answers. Cost: linear in units, edges and holds, but for a logarithm in the heaps;
/// <c>docs/design.md</c> has the argument and the inputs that defeat it.
/// </summary>
internal sealed class UnitScheduler
{
    private readonly ScheduleGraph graph;
    private readonly ScheduleOptions options;
    private readonly UnitState[] state;
    private readonly int[] firstSlot;
    private readonly bool[] keepsLocks;
    private readonly int[] counts = new int[(int)UnitState.Cancelled + 1];
    private readonly EventQueue events = new();
    private readonly RankedList nowReady = new();
    private readonly Queue<int> ended = new();
    private readonly DependencyTable dependencies;
    private readonly ResourceTree tree;
    private readonly WaitingRoom room;
    private readonly SlotTable slots;
    private SkipCause[]? causes;
    private Action<int> endWhenStopped = _ => { };
    private int failures;

    public UnitScheduler(ScheduleGraph graph, ScheduleOptions options)
    {
        this.graph = graph;
        this.options = options;
        int count = graph.UnitCount;
        state = new UnitState[count];
        firstSlot = new int[count];
        keepsLocks = new bool[count];
        counts[(int)UnitState.Waiting] = count;
        long[] order = new long[count];
        for (int unit = 0; unit < count; unit++)
        {
            order[unit] = -1;
        }

        dependencies = new DependencyTable(graph);
        tree = new ResourceTree(graph);
        room = new WaitingRoom(graph, tree, state, order);
        slots = new SlotTable(options.MaxParallel);
        for (int unit = 0; unit < count; unit++)
        {
            if (dependencies.IsSatisfied(unit))
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
    public int FreeSlots => slots.Free;

    /// <summary>How many units are in a state.</summary>
    public int Count(UnitState which) => counts[(int)which];

    public UnitState StateOf(int unit) => state[unit];

    /// <summary>Why a unit was skipped.</summary>
    public SkipCause CauseOf(int unit) => state[unit] == UnitState.Skipped ? causes![unit] : default;

    /// <summary>The next of the decisions that were made since they were last read to the end; they should be read after every call.</summary>
    public bool TryReadEvent(out SchedulerEvent happened) => events.TryDequeue(out happened);

    /// <summary>Starts the first unit of the ready order that may start now. False when nothing can start before something ends.</summary>
    public bool TryTakeNext(out Grant grant)
    {
        grant = default;
        int unit = IsStopped || slots.Free == 0 ? -1 : room.FindNext();
        if (unit < 0 || Width(unit) > slots.Free)
        {
            return false;
        }

        Move(unit, UnitState.Ready, UnitState.Running);
        room.Take(unit);
        firstSlot[unit] = slots.Take(unit, Width(unit));
        grant = new Grant(unit, firstSlot[unit] + 1);
        return true;
    }

    /// <summary>A running unit ended.</summary>
    public void Complete(int unit, Completion completion)
    {
        Move(unit, UnitState.Running, completion.Provided ? UnitState.Provided : UnitState.Failed);
        slots.Release(unit, firstSlot[unit], Width(unit));
        if (completion.ReleasesLocks)
        {
            room.Release(unit);
        }

        ended.Enqueue(unit);
        Propagate();
        if (!completion.ReleasesLocks)
        {
            keepsLocks[unit] = true;
            SkipThoseWhoNeed(unit);
            Propagate();
        }

        if (completion.CountsAsFailure && ++failures >= options.MaxFailures && options.FailurePolicy == FailurePolicy.FailFast)
        {
            StopStarting(SkipReason.FailFast, unit);
        }

        EnterReady();
    }

    /// <summary>A unit that was just taken could not have a resource because of another build: it gives everything back and stays outside until <see cref="Retry"/>.</summary>
    public void GiveBack(int unit)
    {
        Move(unit, UnitState.Running, UnitState.Outside);
        slots.Release(unit, firstSlot[unit], Width(unit));
        room.Release(unit);
        if (IsStopped)
        {
            endWhenStopped(unit);
        }
    }

    /// <summary>A unit from outside waits in line again, at the place it had. No event: it is as ready as it was.</summary>
    public void Retry(int unit)
    {
        Move(unit, UnitState.Outside, UnitState.Ready);
        room.Enter(unit);
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
    public int[] SlotsOf(int unit) => state[unit] == UnitState.Running ? slots.Of(unit, firstSlot[unit], Width(unit)) : [];

    /// <summary>What a unit holds while it runs.</summary>
    public ReadOnlySpan<ScheduleHold> HoldsOf(int unit) =>
        graph.Holds.AsSpan(graph.HoldStart[unit], graph.HoldStart[unit + 1] - graph.HoldStart[unit]);

    /// <summary>Whether it ended but what it held stays held.</summary>
    public bool HoldsUntilTheEnd(int unit) => keepsLocks[unit] && graph.HoldStart[unit + 1] > graph.HoldStart[unit];

    /// <summary>What keeps a waiting or ready unit from starting now. Costs a look at its dependencies, or at all running units.</summary>
    public ImmutableArray<Obstacle> ObstaclesOf(int unit)
    {
        if (state[unit] == UnitState.Waiting)
        {
            return [.. dependencies.UnfinishedOf(unit, state).Select(other => new Obstacle(ObstacleKind.Dependency, other))];
        }

        if (state[unit] != UnitState.Ready)
        {
            return [];
        }

        Line? line = room.FindObstacle(unit, out bool own);
        if (line is null)
        {
            return [new Obstacle(ObstacleKind.Slots)];
        }

        return own ? HoldersAgainst(line) : [new Obstacle(ObstacleKind.Ahead, room.FindAhead(unit, line), line.Resource)];
    }

    /// <summary>No unit gets more slots than there are (rule 12).</summary>
    private int Width(int unit) => Math.Min(graph.Slots[unit], slots.Count);

    /// <summary>The one place where a state changes.</summary>
    private void Move(int unit, UnitState from, UnitState to)
    {
        if (state[unit] != from)
        {
            throw new InvalidOperationException($"unit {unit} is {state[unit]}, so it cannot go from {from} to {to}");
        }

        state[unit] = to;
        counts[(int)from]--;
        counts[(int)to]++;
    }

    private void NoteReady(int unit) => nowReady.Add(unit, graph.Rank[unit]);

    /// <summary>Those whose last dependency ended in this step get ready together, in the ready order.</summary>
    private void EnterReady()
    {
        nowReady.Sort();
        for (int index = 0; index < nowReady.Count; index++)
        {
            int unit = nowReady[index];
            if (state[unit] == UnitState.Waiting)
            {
                Move(unit, UnitState.Waiting, UnitState.Ready);
                events.Enqueue(new SchedulerEvent(unit, UnitState.Ready));
                room.Enter(unit);
            }
        }

        nowReady.Clear();
    }

    /// <summary>Tells the dependents of all that ended, and theirs in turn where they are skipped. A loop, as chains may be long.</summary>
    private void Propagate()
    {
        while (ended.TryDequeue(out int provider))
        {
            bool provided = state[provider] == UnitState.Provided;
            foreach (DependencyTable.Edge edge in dependencies.EdgesFrom(provider))
            {
                if (state[edge.Unit] != UnitState.Waiting)
                {
                    continue;
                }

                if (!dependencies.Note(edge, provided))
                {
                    Skip(edge.Unit, state[provider] == UnitState.Skipped ? causes![provider] : new SkipCause(SkipReason.NotProvided, provider));
                }
                else if (dependencies.IsSatisfied(edge.Unit))
                {
                    NoteReady(edge.Unit);
                }
            }
        }
    }

    private void Skip(int unit, SkipCause cause)
    {
        causes ??= new SkipCause[graph.UnitCount];
        causes[unit] = cause;
        End(unit, UnitState.Skipped);
        if (!IsStopped)
        {
            ended.Enqueue(unit);
        }
    }

    private void End(int unit, UnitState how)
    {
        UnitState was = state[unit];
        Move(unit, was, how);
        events.Enqueue(new SchedulerEvent(unit, how));
        if (was == UnitState.Ready && !IsStopped)
        {
            room.Leave(unit);
        }
    }

    private void EndAllThatDoNotRun(Action<int> end)
    {
        IsStopped = true;
        endWhenStopped = end;
        for (int unit = 0; unit < state.Length; unit++)
        {
            if (state[unit] is UnitState.Waiting or UnitState.Ready or UnitState.Outside)
            {
                end(unit);
            }
        }
    }

    /// <summary>What a unit keeps until the end nobody else can have: all that need it are skipped now, whatever else they wait for.</summary>
    private void SkipThoseWhoNeed(int holder)
    {
        foreach (Line kept in room.Lines.OfUnit(holder))
        {
            tree.Lose(kept);
            SkipCause cause = new(SkipReason.ResourceHeld, holder, kept.Resource);
            foreach (Line line in room.Lines.KilledBy(kept))
            {
                foreach (int unit in room.Lines.UnitsOf(line))
                {
                    if (state[unit] is UnitState.Waiting or UnitState.Ready or UnitState.Outside)
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
        for (int other = 0; other < state.Length; other++)
        {
            bool holds = state[other] == UnitState.Running || keepsLocks[other];
            if (holds && room.Lines.FindConflict(other, line) >= 0)
            {
                holders.Add(new Obstacle(ObstacleKind.Holder, other, line.Resource));
            }
        }

        return holders.ToImmutable();
    }
}

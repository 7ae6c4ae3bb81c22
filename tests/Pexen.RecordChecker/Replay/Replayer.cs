using Pexen.RecordChecking.Input;

namespace Pexen.RecordChecking.Replay;

/// <summary>Plays the events through once, in the order in which the scheduler decided, and judges each against what was true just then.</summary>
internal sealed class Replayer
{
    /// <summary>Nanoseconds between a decision and its line.</summary>
    private const long RestTolerance = 10_000_000;

    private readonly CheckedRun _run;
    private readonly Complaints _complaints;
    private readonly ResourceTree _resources;
    private readonly GroupBook _groups;
    private readonly WaitingRoom _room;
    private readonly LockBook _locks;
    private readonly SlotTable _slots;
    private readonly OrderJudge _order;
    private readonly SkipJudge _skips;
    private readonly PreemptionBook _preemptions;
    private readonly ChainBook _chains;
    private readonly ServiceBook _services;
    private readonly HookBook _hooks;
    private int _failures;

    public Replayer(CheckedRun run)
    {
        _run = run;
        _complaints = run.Complaints;
        _resources = new ResourceTree(run.File.Resources);
        _groups = new GroupBook(_complaints);
        _slots = new SlotTable(run.Groups, _complaints);
        _services = new ServiceBook(run);
        _room = new WaitingRoom(_groups, _slots, _services, _complaints);
        _hooks = new HookBook(run, _room);
        _locks = new LockBook(_resources, _room, _complaints);
        foreach (UnitTrace unit in run.Units)
        {
            unit.Wants = _resources.WantsOf(unit.Entry);
        }

        _order = new OrderJudge(run);
        _skips = new SkipJudge(run, _resources);
        _preemptions = new PreemptionBook(run);
        _chains = new ChainBook(run);
    }

    private bool NothingMayStart => _run.File.FailurePolicy == "FailFast" && _failures >= _run.MaxFailures;

    public void Play(List<RunEvent> events)
    {
        foreach (RunEvent line in events)
        {
            // What is followed by a rest, or by giving way, is not the end of the unit.
            if (line.Event is "end" or "skip" or "cancel" or "rest" or "preempt" && _run.Find(line.Unit) is { } unit)
            {
                unit.FinalSeq = line.Seq;
            }
        }

        foreach (RunEvent line in events)
        {
            if (line.Event is "run" or "finish")
            {
                continue;
            }

            if (line.Event is "hook" or "hookEnd")
            {
                _hooks.Play(line);
            }
            else if (_run.Find(line.Unit) is { } unit)
            {
                Play(line, unit);
            }
            else
            {
                _complaints.Add(Rule.Completeness, "run.json has no such unit", line.Unit, line.Seq);
            }
        }

        _hooks.Finish();
    }

    private void Play(RunEvent line, UnitTrace unit)
    {
        if (unit.IsOver && line.Event != "release")
        {
            _complaints.Add(Rule.Lifecycle, $"'{line.Event}' after its '{unit.LastEvent}' (seq {unit.LastSeq})", unit.Name, line.Seq);
            return;
        }

        if (!unit.HasJoined && line.Event != "add")
        {
            _complaints.Add(Rule.Lifecycle, $"'{line.Event}' before the 'add' of a unit that was added", unit.Name, line.Seq);
        }

        switch (line.Event)
        {
            case "ready": Ready(line, unit); break;
            case "start": Start(line, unit); break;
            case "end": End(line, unit); break;
            case "values": Values(line, unit); break;
            case "rest": Rest(line, unit); break;
            case "preempt": _preemptions.Preempt(line, unit); break;
            case "skip": Skip(line, unit); break;
            case "cancel": Cancel(line, unit); break;
            case "release": _locks.Release(unit, line.Released ?? [], line.Seq); break;
            case "serviceReady": ServiceReady(line, unit); break;
            case "add": Add(line, unit); break;
            default: _complaints.Add(Rule.Format, $"'{line.Event}' is no event", unit.Name, line.Seq); break;
        }
    }

    private void Add(RunEvent line, UnitTrace unit)
    {
        if (line.Index != unit.Entry.Index)
        {
            _complaints.Add(Rule.Completeness, $"index {line.Index} here, {unit.Entry.Index} in run.json", unit.Name, line.Seq);
        }

        if (unit.HasJoined || line.AddedBy != unit.Entry.AddedBy)
        {
            _complaints.Add(Rule.Lifecycle, $"it is added by '{line.AddedBy}', but run.json says {(unit.Entry.AddedBy is string by ? $"'{by}', once" : "that it was planned")}", unit.Name, line.Seq);
        }

        // Whoever adds has not ended for others yet, but runs no more than once.
        if (_run.Find(line.AddedBy) is not { HasStarted: true })
        {
            _complaints.Add(Rule.Lifecycle, $"it is added by '{line.AddedBy}', which has not started", unit.Name, line.Seq);
        }

        unit.HasJoined = true;
        _order.Joined(unit, line.Seq);
        foreach (DependsOnEntry needed in line.NeededBy ?? [])
        {
            WaitAgain(needed, unit, line.Seq);
        }
    }

    /// <summary>Who has to wait for an added unit besides leaves its place until that has ended, and comes back with the age that it had.</summary>
    private void WaitAgain(DependsOnEntry needed, UnitTrace added, long seq)
    {
        if (_run.Find(needed.Unit) is not { HasStarted: false, IsOver: false } dependent || !added.Dependents.Contains(dependent))
        {
            _complaints.Add(Rule.Order, $"'{needed.Unit}' is to wait for it, but has started or ended, or does not depend on it", added.Name, seq);
            return;
        }

        if (dependent is { Phase: UnitPhase.Ready, WaitsAgain: false } && _order.HasToWait(dependent))
        {
            dependent.WaitsAgain = true;
            _room.Leave(dependent);
        }
    }

    private void Ready(RunEvent line, UnitTrace unit)
    {
        if (unit.Phase is not (UnitPhase.Waiting or UnitPhase.BetweenAttempts))
        {
            _complaints.Add(Rule.Lifecycle, $"it is ready although it is {unit.Phase}", unit.Name, line.Seq);
            return;
        }

        CheckRest(line, unit);
        if (line.Attempt != unit.Attempt + 1)
        {
            _complaints.Add(Rule.Lifecycle, $"attempt {line.Attempt}, but {unit.Attempt + 1} is next", unit.Name, line.Seq);
        }

        if (line.Priority != unit.Entry.Priority)
        {
            _complaints.Add(Rule.Rank, $"priority {line.Priority} here, {unit.Entry.Priority} in run.json", unit.Name, line.Seq);
        }

        if (line.Rank is not { } rank || (unit.Rank != int.MaxValue && unit.Rank != rank))
        {
            _complaints.Add(Rule.Rank, $"rank {line.Rank?.ToString() ?? "none"} here, another before", unit.Name, line.Seq);
        }

        if (unit.Entry.AddedBy is not null && line.Rank != unit.Entry.Index)
        {
            _complaints.Add(Rule.Rank, $"rank {line.Rank} of an added unit, which is its index, {unit.Entry.Index}", unit.Name, line.Seq);
        }

        unit.Rank = line.Rank ?? unit.Rank;
        unit.Attempt++;

        // Who comes back between two attempts has the age that it had.
        unit.ReadySeq = unit.ReadySeq == 0 ? line.Seq : unit.ReadySeq;
        unit.Phase = UnitPhase.Ready;
        _order.Ready(unit, line.Seq);
        if (unit.Entry.Finalizes.Length > 0)
        {
            foreach (UnitTrace finalized in _services.FinalizedBy(unit).Where(other => other.IsOver))
            {
                _locks.Lend(finalized);
            }
        }

        if (_hooks.IsBehind(unit))
        {
            _room.StandBehind(unit);
        }
        else if (!unit.RestsWithLocks)
        {
            _room.Enter(unit);
        }
    }

    /// <summary>Said by an attempt that runs; of the last one run.json has the same.</summary>
    private void Values(RunEvent line, UnitTrace unit)
    {
        if (unit.Phase != UnitPhase.Running || line.Attempt != unit.Attempt)
        {
            _complaints.Add(Rule.Lifecycle, $"attempt {line.Attempt} says values, but it is {unit.Phase}, attempt {unit.Attempt}", unit.Name, line.Seq);
        }

        bool last = line.Attempt == unit.Entry.Attempts.Length;
        if (last && !(line.Shared ?? []).OrderBy(pair => pair.Key).SequenceEqual((unit.Entry.Shared ?? []).OrderBy(pair => pair.Key)))
        {
            _complaints.Add(Rule.Lifecycle, "its values here are not those in run.json", unit.Name, line.Seq);
        }
    }

    /// <summary>A unit waits for time to pass: when all else it waits for is there, or after an attempt.</summary>
    private void Rest(RunEvent line, UnitTrace unit)
    {
        if (unit.Phase is not (UnitPhase.Waiting or UnitPhase.BetweenAttempts) || line.Attempt != unit.Attempt + 1)
        {
            _complaints.Add(Rule.Lifecycle, $"it rests before attempt {line.Attempt}, but it is {unit.Phase}, attempt {unit.Attempt}", unit.Name, line.Seq);
        }

        if (unit.Phase == UnitPhase.Waiting)
        {
            _order.Ready(unit, line.Seq);
        }

        unit.ReturnNs = line.Ns + (long)((line.DelayMs ?? 0) * 1e6);
    }

    private void CheckRest(RunEvent line, UnitTrace unit)
    {
        if (line.Ns + RestTolerance < unit.ReturnNs)
        {
            _complaints.Add(Rule.Times, $"it is ready {(unit.ReturnNs - line.Ns) / 1_000_000} ms before its rest is over", unit.Name, line.Seq);
        }

        if (unit.Phase == UnitPhase.BetweenAttempts && unit.ReturnNs is null)
        {
            _complaints.Add(Rule.Lifecycle, "it is ready for another attempt without a rest", unit.Name, line.Seq);
        }

        unit.ReturnNs = null;
    }

    private void Start(RunEvent line, UnitTrace unit)
    {
        _groups.Settle();
        _room.Leave(unit);
        if (unit.Phase != UnitPhase.Ready || line.Attempt != unit.Attempt)
        {
            _complaints.Add(Rule.Lifecycle, $"attempt {line.Attempt} starts, but it was not ready for it", unit.Name, line.Seq);
            _locks.GiveBackAll(unit);
            _slots.GiveBack(unit);
            _groups.End(unit);
            unit.Attempt = line.Attempt ?? unit.Attempt;
        }

        if (NothingMayStart && unit.Entry.Finalizes.Length == 0)
        {
            _complaints.Add(Rule.FailFast, $"it starts after {_failures} failure(s), {_run.MaxFailures} are allowed", unit.Name, line.Seq);
        }

        _preemptions.JudgeStart(unit, line.Seq);
        _chains.JudgeStart(unit, line.Seq);

        // One that kept its locks and its place in its group waited for slots alone.
        bool kept = unit.RestsWithLocks;
        _locks.GiveBackAll(unit);
        _order.Start(unit, line.Seq);
        _services.Start(unit, line.Seq);
        bool judged = !kept && !_hooks.GaveATurn;
        _hooks.Start(unit, line.Seq);
        if (judged)
        {
            _room.JudgeStart(unit, line.Seq);
        }

        if (!kept)
        {
            _groups.Start(unit, line.Seq);
        }

        TakeProcessors(unit, line.Processors ?? [], line.Seq);
        _locks.Take(unit, line.Holds ?? [], line.Seq);
        _slots.Take(unit, line.Slots ?? [], line.Seq);
        unit.FirstSlot = line.Slots is [int first, ..] ? first : null;
        unit.Starts++;
        unit.Phase = UnitPhase.Running;
    }

    private void TakeProcessors(UnitTrace unit, int[] processors, long seq)
    {
        if (processors.Length == 0 != (_run.File.Affinity == "None"))
        {
            _complaints.Add(Rule.Affinity, $"it has {processors.Length} processors for itself, with the affinity {_run.File.Affinity}", unit.Name, seq);
        }

        if (processors.Length > 0 && _run.Units.Find(other => other is { Phase: UnitPhase.Running, ServiceReady: false } && other.Processors.Intersect(processors).Any()) is { } beside)
        {
            _complaints.Add(Rule.Affinity, $"it has a processor of '{beside.Name}', which runs", unit.Name, seq);
        }

        unit.Processors = processors;
    }

    /// <summary>It provides, and has neither slots nor a place in its group any more.</summary>
    private void ServiceReady(RunEvent line, UnitTrace unit)
    {
        _services.Ready(unit, line.Seq);
        _slots.GiveBack(unit);
        _groups.End(unit);
        _order.Up(unit, line.Seq);
    }

    private void End(RunEvent line, UnitTrace unit)
    {
        bool neverRan = line.Outcome is "UpToDate" or "Cached" or "Resumed" or "NotNeeded";
        if (unit.Phase != UnitPhase.Running && !neverRan)
        {
            _complaints.Add(Rule.Lifecycle, "it ends, but it was not running", unit.Name, line.Seq);
        }
        else if (line.Attempt != unit.Attempt && unit.Phase == UnitPhase.Running)
        {
            _complaints.Add(Rule.Lifecycle, $"attempt {line.Attempt} ends, but {unit.Attempt} was running", unit.Name, line.Seq);
        }

        _room.Leave(unit);
        if (!unit.ServiceReady)
        {
            _slots.GiveBack(unit);
        }

        _services.Ended(unit, line.Outcome, line.Seq);
        _locks.End(unit, line);
        if (!unit.ServiceReady && (line.Seq >= unit.FinalSeq || unit.Holding.Count == 0))
        {
            _groups.End(unit);
        }

        if (unit.Used.PeakMemoryBytes > (line.PeakMemoryBytes ?? -1) || unit.Used.CpuMs > (line.CpuMs ?? -1))
        {
            _complaints.Add(Rule.Usage, "it has used less than at the end of the attempt before", unit.Name, line.Seq);
        }

        unit.Used = (line.PeakMemoryBytes, line.CpuMs);
        if (line is { Outcome: "Cancelled", Reason: "chained" })
        {
            _chains.JudgeStopped(unit, line.Seq);
        }

        unit.Ends.Add((line.Outcome ?? "", line.ExitCode, line.Signal));
        Over(line, unit);
        if (!unit.IsOver)
        {
            unit.Phase = UnitPhase.BetweenAttempts;
        }
        else if (line.Outcome is "Failed" or "TimedOut" or "ControlledFailure" && !_run.IsTolerated(unit))
        {
            _failures++;
        }
    }

    private void Skip(RunEvent line, UnitTrace unit)
    {
        if (unit.Phase == UnitPhase.Running)
        {
            _complaints.Add(Rule.Lifecycle, "it is skipped while it runs", unit.Name, line.Seq);
        }

        unit.NotNeeded = line.Reason == "notNeeded";
        if (unit.NotNeeded)
        {
            _services.NotNeeded(unit, line.Seq);
        }
        else
        {
            _skips.Skip(unit, line, NothingMayStart);
        }

        _room.Leave(unit);
        _groups.End(unit);
        Over(line, unit);
    }

    private void Cancel(RunEvent line, UnitTrace unit)
    {
        if (!_run.File.EndedEarly && !_run.Units.Exists(other => other.Entry.Service))
        {
            _complaints.Add(Rule.Lifecycle, $"it is cancelled in a run that {_run.File.Outcome}", unit.Name, line.Seq);
        }

        if (unit.Phase == UnitPhase.Running)
        {
            // Of a running attempt it says that it is being stopped: its end follows.
            if (line.Seq == unit.FinalSeq && !_run.File.Interrupted)
            {
                _complaints.Add(Rule.Lifecycle, "it is cancelled while it runs, and no end follows", unit.Name, line.Seq);
            }

            return;
        }

        _room.Leave(unit);
        _groups.End(unit);
        Over(line, unit);
    }

    private void Over(RunEvent line, UnitTrace unit)
    {
        unit.LastSeq = line.Seq;
        unit.LastEvent = line.Event;
        if (line.Seq >= unit.FinalSeq)
        {
            unit.Phase = UnitPhase.Over;
            _order.Over(unit);
            _chains.Over(unit);
            foreach (UnitTrace dependent in unit.Dependents.Where(dependent => dependent is { WaitsAgain: true, Phase: UnitPhase.Ready } && !_order.HasToWait(dependent)))
            {
                dependent.WaitsAgain = false;
                _room.Enter(dependent);
            }
        }
    }
}

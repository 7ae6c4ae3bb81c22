using Pexen.Execution.Dispatching.Groups;
using Pexen.Execution.Exchange;
using Pexen.Execution.Protocol;
using Pexen.Model;
using Pexen.Records;
using Pexen.Scheduling;

namespace Pexen.Execution.Dispatching;

/// <summary>
/// Carries a plan out: the only loop, and the only owner of a run's state. Everything happens on the thread that calls <see cref="Run"/>; only
/// <see cref="Cancel"/> may come from elsewhere. The scheduler decides, the executor acts, the journal and the observer are told in that order.
/// </summary>
internal sealed partial class Dispatcher
{
    private static readonly TimeSpan SharedHoldsInterval = TimeSpan.FromMilliseconds(100);

    private readonly RunRequest _request;
    private readonly IExecutor _executor;
    private readonly RunClock _clock;
    private readonly LaunchEnvironment _environment;
    private readonly UnitHolds _holds;
    private readonly ScheduleGraph _graph;
    private readonly UnitScheduler _scheduler;
    private readonly List<UnitRun> _units;
    private readonly RunFolder _folder;
    private readonly ValueExchange _exchange;
    private readonly AddedUnits _added;
    private readonly RunReport _report;
    private readonly List<int> _outside = [];
    private readonly HashSet<int> _running = [];
    private readonly Timetable _times;
    private readonly MemoryGuard _memory;
    private readonly StatusLine _status;
    private RunJournal _journal = null!;
    private string? _cancelWhy;
    private RunOutcome? _ending;
    private long _lockWait;

    /// <param name="request">What to run.</param>
    /// <param name="executor">Runs the processes.</param>
    /// <param name="time">Clock and calendar.</param>
    /// <param name="observe">Told everything, in order, on the dispatcher's thread.</param>
    /// <param name="environment">Makes the environment of each process.</param>
    /// <param name="sharedHolds">Null where no other run can be in the way.</param>
    public Dispatcher(
        RunRequest request,
        IExecutor executor,
        TimeProvider time,
        Action<HostMessage> observe,
        LaunchEnvironment environment,
        ISharedHolds? sharedHolds = null)
    {
        _request = request;
        _executor = executor;
        _environment = environment;
        _clock = new RunClock(time);
        _graph = ScheduleGraph.FromPlan(request.Plan);
        _holds = new UnitHolds(_graph, request.Plan, sharedHolds);
        _scheduler = new UnitScheduler(_graph, new ScheduleOptions(request.MaxParallel, request.FailurePolicy, request.MaxFailures, request.Held));
        var logNames = new LogFileNames();
        _units = [.. request.Plan.Units.Select(unit => new UnitRun(unit, logNames))];
        _times = new Timetable(_clock, _units);
        RunMemory? ofAll = request.MemoryLimit is long memory ? new RunMemory(memory, "PexenMemoryLimit") : null;
        _memory = new MemoryGuard(executor, request.MemoryKind, ofAll, _clock, new Lock());
        _folder = new RunFolder(request.Folder);
        _exchange = new ValueExchange(request.Plan.Presets, request.Masks, _folder.Work);
        _added = new AddedUnits(request, _folder, _scheduler, _units, logNames, _exchange.Secrets);
        _report = new RunReport(request, _folder, _units, _graph, _clock, observe, _exchange, _added);
        _status = new StatusLine(request.Phase, _units, _scheduler, _graph, WhyOutside);
        CreateGroups(logNames);
    }

    /// <summary>Ends the run: what runs is stopped politely, what waits is cancelled, the record is written. From any thread; the first reason counts.</summary>
    /// <param name="why">Completes "the run was ended by …".</param>
    public void Cancel(string why)
    {
        Interlocked.CompareExchange(ref _cancelWhy, why, null);
        _executor.Wake();
    }

    /// <summary>After the run: its record as it was written, or null if it could not be.</summary>
    public RunRecord? Record => _report.Written;

    /// <summary>Runs to the end. Throws for nothing that a disk or a process does.</summary>
    public FinishMessage Run()
    {
        if (_report.Begin(BeginJournal) is not Journal journal)
        {
            return _report.FinishWithoutRun();
        }

        using (journal)
        {
            _exchange.Secrets.Problems.ForEach(_report.Say);
            ReadEvents();
            while (true)
            {
                EndWhenDue();
                StartWhatCan();
                if (_scheduler.IsFinished && _groups is not { IsBusy: true } && _services is not { IsBusy: true })
                {
                    break;
                }

                if (TryLetGo())
                {
                    continue;
                }

                _journal.Flush();
                WaitForNext();
            }

            RunOutcome outcome = Conclude();
            _exchange.Finish();
            _journal.Finish(outcome);
            journal.Flush();
            return _report.Finish(outcome, journal.Failure);
        }
    }

    /// <summary>Uses what the first unit of a run needs, in memory only: no file, no process, nobody is told.</summary>
    public void Rehearse()
    {
        _scheduler.TryReadEvent(out _);
        _scheduler.TryTakeNext(out Grant grant);
        _scheduler.SlotsOf(grant.Unit);
        _report.Rehearse();
    }

    private void BeginJournal(Journal journal)
    {
        _journal = new RunJournal(journal, _graph, _clock.Nanoseconds);
        _journal.Run(_request, _clock.StartedAt);
        if (_hooks is not null)
        {
            _hooks.Journal = _journal;
        }
    }

    private void StartWhatCan()
    {
        while (_memory.MayStart && _scheduler.TryTakeNext(out Grant grant))
        {
            ReadOnlySpan<ScheduleHold> holds = _scheduler.HoldsOf(grant.Unit);
            if (WaitsForPrograms(grant.Unit) || WaitsForGroup(grant.Unit))
            {
                continue;
            }

            TakeOverHolds(_units[grant.Unit]);
            string? failure = null;
            if (!_units[grant.Unit].KeepsLocks && !_holds.TryTake(_units[grant.Unit], holds, _report.Say, out failure) && failure is null)
            {
                _scheduler.GiveBack(grant.Unit);
                _outside.Add(grant.Unit);
                ReadEvents();
                continue;
            }

            Start(grant, holds, failure);
        }

        ReadEvents();
    }

    private void WaitForNext()
    {
        // Slots are free and units are ready: it is resources that they wait for.
        bool locked = _scheduler.FreeSlots > 0 && (_scheduler.Count(UnitState.Ready) > 0 || _outside.Count > 0);
        long before = _clock.Nanoseconds();
        AttemptEnd? end = _executor.Wait(NextLimit(before));
        if (locked)
        {
            _lockWait += _clock.Nanoseconds() - before;
        }

        if (end is { Unit: < 0 } && HookRunner.IsNumber(end.Unit))
        {
            HookEnded(end);
        }
        else if (end is { Unit: < 0 })
        {
            ProbeEnded(end);
        }
        else if (end is not null)
        {
            End(_units[end.Unit], end);
        }

        RetryOutside();
    }

    private TimeSpan NextLimit(long now)
    {
        long next = Math.Min(_times.Next() ?? long.MaxValue, _status.Due);
        // It is about units: commands of groups that follow the last of them have a time of their own.
        if (_ending is null && !_isReady && _request.Timeout is TimeSpan timeout && !_scheduler.IsFinished)
        {
            next = Math.Min(next, RunClock.Nanoseconds(timeout));
        }

        if (_memory.Next is long look)
        {
            next = Math.Min(next, look);
        }

        if (_finalizersDue is long due && !_finalizersEnded)
        {
            next = Math.Min(next, due);
        }

        if (_groups?.NextDue() is long groupDue)
        {
            next = Math.Min(next, groupDue);
        }

        if (_outside.Count > 0)
        {
            next = Math.Min(next, now + RunClock.Nanoseconds(SharedHoldsInterval));
        }

        // Rounded up: a wait that ends a fraction early would come straight back.
        return TimeSpan.FromTicks(Math.Max(0, (next - now + 99) / 100));
    }

    private void RetryOutside()
    {
        if (_outside.Count == 0)
        {
            return;
        }

        foreach (int unit in _outside)
        {
            // One that a crash elsewhere has skipped meanwhile is not outside any more.
            if (_scheduler.StateOf(unit) == UnitState.Outside)
            {
                _scheduler.Retry(unit);
            }
        }

        _outside.Clear();
        ReadEvents();
    }

    /// <summary>Cancellation, the run's time, the units' times.</summary>
    private void EndWhenDue()
    {
        if (_ending is null && Volatile.Read(ref _cancelWhy) is not null && !_scheduler.IsFinished)
        {
            EndAll(RunOutcome.Cancelled, StopReason.Cancelled);
        }

        long now = _clock.Nanoseconds();
        if (_ending is null && !_isReady && _request.Timeout is TimeSpan limit && now >= RunClock.Nanoseconds(limit) && !_scheduler.IsFinished)
        {
            EndAll(RunOutcome.TimedOut, StopReason.RunTimeout);
        }

        EndFinalizersWhenDue();
        EndGroupsWhenDue(now);
        if (now >= _status.Due && _status.Take(now) is string status && !_isReady)
        {
            _report.Tell(status);
        }

        while (_times.TryTake(now, out UnitRun unit, out DeadlineKind kind))
        {
            Due(unit, kind, now);
        }

        if (_memory.Next <= now)
        {
            _memory.Look(Stop);
        }
    }

    private void EndAll(RunOutcome outcome, StopReason reason)
    {
        _ending = outcome;
        _outside.RemoveAll(unit => !_scheduler.OutlivesTheRun(unit));
        int stopped = 0;
        foreach (int unit in _running)
        {
            if (!OutlivesTheRun(unit))
            {
                Stop(unit, reason);
                stopped++;
            }
        }

        _groups?.End();
        _scheduler.Cancel();
        ReadEvents();
        int notStarted = _units.Count(unit => unit.Outcome == Outcome.Cancelled);
        _report.Say(outcome == RunOutcome.Cancelled
            ? Diagnostics.RunCancelled(_cancelWhy!, stopped, notStarted)
            : Diagnostics.RunTimedOut(_request.Timeout!.Value, stopped, notStarted));
    }

    private void Stop(int unit, StopReason reason)
    {
        UnitRun run = _units[unit];
        if (run.Outcome is null && run.Stopping == StopReason.None)
        {
            run.Stopping = reason;
            _executor.Stop(unit, run.Definition.GracePeriod);
        }
    }

    /// <summary>What the scheduler decided besides what it was asked for.</summary>
    private void ReadEvents()
    {
        while (_scheduler.TryReadEvent(out SchedulerEvent happened))
        {
            UnitRun unit = _units[happened.Unit];
            switch (happened.State)
            {
                case var _ when happened.Stop != StopDemand.None:
                    StopOnDemand(unit, happened);
                    break;
                case var _ when happened.Cause >= 0:
                    Freed(unit);
                    break;
                case UnitState.NotNeeded:
                    NotNeeded(unit);
                    break;
                case UnitState.Ready when !unit.IsReady:
                    BecomeReady(unit);
                    break;
                case UnitState.Waiting:
                    // If it rested before its first attempt it will again.
                    Timetable.End(unit);
                    break;
                case UnitState.Skipped:
                    SkipCause cause = _scheduler.CauseOf(happened.Unit);
                    _stoodStill |= cause.Reason == SkipReason.Standstill;
                    _report.Skipped(unit, cause);
                    _journal.Skip(unit);
                    _memory.Run?.Over(unit);
                    EndRest(unit);
                    _groups?.Ended(unit);
                    break;
                case UnitState.Cancelled:
                    unit.Outcome = Outcome.Cancelled;
                    unit.Code = _ending == RunOutcome.TimedOut ? "PEX3005" : "PEX3009";
                    unit.Reason = _ending == RunOutcome.TimedOut ? "run timeout" : "cancelled";
                    _journal.Cancel(unit.Unit);
                    EndRest(unit);
                    _groups?.Ended(unit);
                    break;
            }
        }
    }

    private RunOutcome Conclude()
    {
        IReadOnlyList<string> strangers = _executor.Sweep();
        if (strangers.Count > 0)
        {
            _report.Say(Diagnostics.StrangersLeftBehind(strangers));
        }

        if (_ending is RunOutcome ending)
        {
            return ending;
        }

        return AnyFailed ? RunOutcome.Failed : RunOutcome.Succeeded;
    }
}

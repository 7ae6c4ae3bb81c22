using System.Collections.Immutable;
using Pexen.Execution.Exchange;
using Pexen.Records;
using Pexen.Scheduling;

namespace Pexen.Execution.Dispatching;

/// <summary>The attempts of units: their starts and ends, the rests between them, and what is due of them.</summary>
internal sealed partial class Dispatcher
{
    /// <summary>However soon a unit is slow, nobody reads more about it than a line a second.</summary>
    private static readonly TimeSpan LeastPauseOfSlow = TimeSpan.FromSeconds(1);

    private void Start(Grant grant, ReadOnlySpan<ScheduleHold> holds, string? failure)
    {
        UnitRun unit = _units[grant.Unit];
        unit.Begin(_clock.Nanoseconds());
        unit.Slot = grant.FirstSlot;
        unit.LockWait += _lockWait - unit.LockWaitAtReady;
        int[] slots = _scheduler.SlotsOf(grant.Unit);
        unit.Processors = ProcessorsOf(slots);
        _journal.Start(unit, slots, holds, _holds.InstancesOf(unit));
        _report.Started(unit);
        _groups?.Started(unit);
        InheritedVariables inherited = _exchange.Start(unit, _units, _report.Say, out string? notHandedOver);
        failure ??= notHandedOver;
        if (failure is not null)
        {
            End(unit, new AttemptEnd { Unit = grant.Unit, StartFailure = failure });
            return;
        }

        if (unit.IsMilestone)
        {
            End(unit, new AttemptEnd { Unit = grant.Unit, ExitCode = 0 });
            return;
        }

        _running.Add(grant.Unit);
        _times.Start(unit);
        _memory.Start(unit, unit.AttemptStarted!.Value);

        // What a unit reads of the events while it runs contains its own start.
        _journal.Flush();
        Launch launch = ToLaunch(unit, grant.FirstSlot, _holds.AddTo(inherited, unit));
        _executor.Start(launch);
        if (unit.Definition.Service is not null)
        {
            (_services ??= new Services(_executor, _times)).Start(unit, launch, unit.AttemptStarted!.Value);
        }
    }

    /// <summary>Those of all its slots.</summary>
    private int[] ProcessorsOf(int[] slots)
    {
        if (_request.SlotProcessors.Length == 0)
        {
            return [];
        }

        List<int> processors = [];
        foreach (int slot in slots)
        {
            processors.AddRange(_request.SlotProcessors[slot - 1]);
        }

        return [.. processors];
    }

    private Launch ToLaunch(UnitRun unit, int slot, InheritedVariables inherited) => new()
    {
        Unit = unit.Unit.Index,
        Name = unit.Definition.Name,
        Work = unit.Definition.Work,
        ProjectDirectory = _request.ProjectDirectory,
        ProjectFile = _request.ProjectFile,
        GlobalProperties = _request.GlobalProperties,
        WorkingDirectory = unit.Definition.WorkingDirectory,
        Environment = _environment(unit.Unit, unit.Attempt, slot, inherited),
        StandardInput = unit.Definition.StandardInput,
        StandardOutput = unit.Definition.StandardOutput,
        StandardError = unit.Definition.StandardError,
        Log = _folder.LogOf(unit.LogFile!),
        LogLimit = unit.Definition.LogLimit ?? _request.LogLimit,
        Mask = _exchange.Secrets.Mask,
        Processors = unit.Processors,
        Caps = _memory.CapsOf(unit),
        AllowSurvivors = unit.Definition.AllowSurvivors,
        GracePeriod = unit.Definition.GracePeriod,
    };

    private void End(UnitRun unit, AttemptEnd end)
    {
        int index = unit.Unit.Index;
        _running.Remove(index);
        Timetable.End(unit);
        end = ExplainEnd(unit, end);
        _memory.End(unit);
        _services?.End(index);
        unit.End(_clock.Nanoseconds(), end);
        bool mayRest = (!_scheduler.IsStopped || _scheduler.OutlivesTheRun(index)) && unit.ReadyAt is null && !_finalizersEnded && !RetryPolicy.EndsForGood(unit.Stopping);
        Verdict verdict = _report.Ended(unit, end, mayRest);
        NoteValues(unit);
        if (verdict.IsPreempted)
        {
            Preempt(unit, end, verdict);
            return;
        }

        if (verdict.Rest is TimeSpan rest)
        {
            Rest(unit, end, verdict, rest);
            return;
        }

        _memory.Run?.Over(unit);

        // Before the scheduler hears of the end: whoever waits for the unit waits for what it added as well.
        _added.Enter(_journal, _report);
        _groups?.Join();

        // The holds are read before they are given back.
        ScheduleHold[] holds = [.. _scheduler.HoldsOf(index)];
        _scheduler.Complete(index, verdict.Completion);
        bool held = _scheduler.HoldsUntilTheEnd(index);
        _journal.End(unit, holds, held);
        if (held)
        {
            _report.Held(unit, holds);
        }
        else if (holds.Length > 0)
        {
            _holds.Release(unit);
        }

        _report.Tell(unit, end, verdict);
        _groups?.Ended(unit);
        ReadEvents();
        if (verdict.BreaksLimit)
        {
            Chain(unit);
        }
    }

    /// <summary>Not what is very large: the events would become so, and it stands in the record.</summary>
    private void NoteValues(UnitRun unit)
    {
        const int Most = 64 * 1024;
        if (unit is { Written: null or { Count: 0 }, Results.IsEmpty: true })
        {
            return;
        }

        ImmutableDictionary<string, string> shared = _exchange.ToRecord(unit.Written);
        ImmutableArray<ResultRecord> results = _exchange.Secrets.Apply(unit.Results);
        long size = shared.Sum(pair => (long)pair.Key.Length + pair.Value.Length) + results.Sum(one => (long)one.Name.Length + (one.Note?.Length ?? 0) + one.Files.Sum(file => file.Length));
        if (size <= Most)
        {
            _journal.Values(unit, shared, results);
        }
    }

    /// <summary>An attempt ended and another follows. After a crash nobody gets what it holds meanwhile (rule 18).</summary>
    private void Rest(UnitRun unit, AttemptEnd end, Verdict verdict, TimeSpan rest)
    {
        int index = unit.Unit.Index;
        ScheduleHold[] holds = [.. _scheduler.HoldsOf(index)];
        unit.KeepsLocks = verdict.KeepsLocks && holds.Length > 0;
        bool forGood = unit.KeepsLocks && !unit.Definition.OnCrash.HasFlag(Aftermath.ReleaseLocks);
        _journal.End(unit, holds, held: unit.KeepsLocks);
        _journal.Rest(unit, rest);
        if (!unit.KeepsLocks && holds.Length > 0)
        {
            _holds.Release(unit);
        }

        _report.Tell(unit, end, verdict);
        unit.Rest(_report.RecordAttempt(unit), rest);
        _times.Rest(unit, rest);
        _scheduler.Rest(index, unit.KeepsLocks, forGood);
        ReadEvents();
    }

    private void BecomeReady(UnitRun unit)
    {
        TimeSpan delay = unit.Definition.Timing.StartDelay;
        if (delay > TimeSpan.Zero && !unit.WasDelayed)
        {
            _scheduler.Rest(unit.Unit.Index);
            _times.Rest(unit, delay);
            _journal.Rest(unit, delay);
            return;
        }

        unit.IsReady = true;
        unit.LockWaitAtReady = _lockWait;
        _journal.Ready(unit);
    }

    /// <summary>A unit that was to be tried again is not after all. What it had kept stays held if that is its answer to a crash.</summary>
    private void EndRest(UnitRun unit)
    {
        Timetable.End(unit);
        if (!unit.KeepsLocks)
        {
            return;
        }

        int index = unit.Unit.Index;
        ScheduleHold[] holds = [.. _scheduler.HoldsOf(index)];
        unit.KeepsLocks = false;
        if (_scheduler.HoldsUntilTheEnd(index))
        {
            _report.Held(unit, holds);
            return;
        }

        _journal.Release(unit.Unit, holds);
        _holds.Release(unit);
    }

    private void Due(UnitRun unit, DeadlineKind kind, long now)
    {
        int index = unit.Unit.Index;
        switch (kind)
        {
            case DeadlineKind.Timeout:
                Stop(index, StopReason.Timeout);
                break;
            case DeadlineKind.TotalTimeout:
                Stop(index, StopReason.TotalTimeout);
                break;
            case DeadlineKind.IdleTimeout:
                StopIfIdle(unit, now);
                break;
            case DeadlineKind.Slow:
                _report.Slow(unit, _executor.ActivityOf(index, withProcesses: true), now);
                _times.Again(unit, kind, now, unit.Definition.Timing.SlowAfter < LeastPauseOfSlow ? LeastPauseOfSlow : unit.Definition.Timing.SlowAfter);
                break;
            case DeadlineKind.Probe:
                Probe(unit, now);
                break;
            case DeadlineKind.ReadyTimeout:
                Stop(index, StopReason.NotReady);
                break;
            case DeadlineKind.Return:
                unit.WasDelayed = true;
                _scheduler.Return(index);
                ReadEvents();
                break;
        }
    }

    /// <summary>Output moves nothing in the heap: whether there was any is asked when the time would be up.</summary>
    private void StopIfIdle(UnitRun unit, long now)
    {
        TimeSpan limit = unit.Definition.Timing.IdleTimeout!.Value;
        TimeSpan silent = _executor.ActivityOf(unit.Unit.Index, withProcesses: false)?.Silent ?? limit;
        if (silent >= limit)
        {
            Stop(unit.Unit.Index, StopReason.IdleTimeout);
        }
        else
        {
            _times.Again(unit, DeadlineKind.IdleTimeout, now - RunClock.Nanoseconds(silent), limit);
        }
    }
}

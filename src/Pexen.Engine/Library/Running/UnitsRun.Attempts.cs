using Pexen.Execution.Dispatching;

namespace Pexen.Library;

/// <summary>Attempts that are followed by others, and the rests between them and before the first (rules 16, 18). All of it under the lock.</summary>
internal sealed partial class UnitsRun
{
    /// <summary>Of the few units that have been started before, or rested.</summary>
    private Dictionary<int, UnitHistory>? _histories;

    private UnitHistory? HistoryOf(int unit) => _histories?.GetValueOrDefault(unit);

    private UnitHistory NeedHistory(int unit)
    {
        _histories ??= [];
        if (!_histories.TryGetValue(unit, out UnitHistory? history))
        {
            _histories.Add(unit, history = new UnitHistory());
        }

        return history;
    }

    /// <summary>How long a unit rests before it is tried again, or null: this was its last attempt.</summary>
    private TimeSpan? RestAfter(UnitAttempt attempt, in Judgement judgement, in UnitEnd end)
    {
        // Where nothing starts any more (rule 21), or its group does not, this was the last.
        if (attempt.Definition.Timing.Retries == 0 || (_scheduler.IsStopped && !OutlivesTheRun(attempt)) || RetryPolicy.EndsForGood(attempt.Stopping))
        {
            return null;
        }

        TimeSpan spent = Elapsed() - attempt.Started + (attempt.History?.Spent ?? TimeSpan.Zero);
        return RetryPolicy.DelayBeforeNext(
            attempt.Definition.Timing, attempt.Number - (HistoryOf(attempt.Index)?.Preemptions ?? 0), spent, judgement.Outcome, judgement.Cause, end.Process is { CameBack: false, ExitCode: var code } ? code : null);
    }

    /// <summary>An attempt ended and another follows. After a crash nobody gets what it holds meanwhile.</summary>
    private void Rest(UnitAttempt attempt, in Judgement judgement, in UnitEnd end, TimeSpan time)
    {
        int unit = attempt.Index;
        Retire(attempt);
        LeaveBehind(attempt, end.Written);
        UnitHistory history = NoteAttempt(attempt, judgement, end);
        history.Spent += Elapsed() - attempt.Started + time;
        history.KeepsLocks = RetryPolicy.LeavesUnknownState(judgement.Cause) && _scheduler.HoldsOf(unit).Length > 0;
        if (!history.KeepsLocks)
        {
            _instances?.Release(unit);
        }

        _scheduler.Rest(unit, history.KeepsLocks, history.KeepsLocks && !attempt.Definition.OnCrash.HasFlag(Aftermath.ReleaseLocks));
        Rest(unit, history, time);
        ReadEvents();
    }

    /// <summary>It is not the last.</summary>
    private UnitHistory NoteAttempt(UnitAttempt attempt, in Judgement judgement, in UnitEnd end)
    {
        UnitHistory history = NeedHistory(attempt.Index);
        if (history.Ended.Count == 0)
        {
            (history.FirstStarted, history.FirstLog) = (attempt.Started, attempt.LogFile);
        }

        history.Add(ToResult(attempt, judgement, end), end.Process);
        return history;
    }

    private void Rest(int unit, UnitHistory history, TimeSpan time)
    {
        if (time <= TimeSpan.Zero)
        {
            _scheduler.Return(unit);
            return;
        }

        _alarms.Add(new Alarm(AlarmKind.Return, Rest: history.BeginRest(unit)), Elapsed() + time);
    }

    /// <summary>It could start, and is to wait for a time first, once.</summary>
    private void DelayStart(int unit)
    {
        TimeSpan delay = _planned[unit].Definition.Timing.StartDelay;
        if (delay > TimeSpan.Zero && HistoryOf(unit) is null or { WasDelayed: false, Rest: null, Ended.Count: 0 })
        {
            _scheduler.Rest(unit);
            Rest(unit, NeedHistory(unit), delay);
        }
    }

    private void Return(UnitRest rest)
    {
        UnitHistory history = _histories![rest.Unit];
        history.EndRest();
        history.WasDelayed = true;
        _scheduler.Return(rest.Unit);
    }

    /// <summary>There is no other attempt after all. What the unit had kept stays held if that is its answer to a crash.</summary>
    private void GiveUpRest(int unit)
    {
        if (HistoryOf(unit) is not UnitHistory history)
        {
            return;
        }

        NoteMemoryEnd(unit);
        history.EndRest();
        if (!history.KeepsLocks)
        {
            return;
        }

        history.KeepsLocks = false;
        if (_scheduler.HoldsUntilTheEnd(unit))
        {
            NoteHeld(unit, history.Ended[^1].Outcome);
        }
        else
        {
            _instances?.Release(unit);
        }
    }

    private AttemptResult ToResult(UnitAttempt attempt, in Judgement judgement, in UnitEnd end) => new(attempt.Number, judgement.Outcome)
    {
        Code = judgement.Code,
        Reason = judgement.Reason,
        Message = judgement.Message,
        Exception = end.Error,
        Started = StartedAt + attempt.Started,
        Duration = Elapsed() - attempt.Started,
        ExitCode = end.Process is { CameBack: false, ExitCode: var code } ? code : null,
        Log = KeptLog(attempt, end),
    };
}

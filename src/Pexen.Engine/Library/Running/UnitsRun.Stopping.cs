using Pexen.Execution.Dispatching;

namespace Pexen.Library;

/// <summary>Time limits, and what becomes of delegates that do not end.</summary>
internal sealed partial class UnitsRun
{
    /// <summary>On a thread of the timer.</summary>
    private void OnAlarm()
    {
        try
        {
            Ring();
        }
        catch (Exception problem)
        {
            Break(problem);
        }
    }

    /// <summary>Under the lock: what is due of an attempt that starts.</summary>
    private void SetAlarms(UnitAttempt attempt)
    {
        if (attempt.Definition.Timeout is TimeSpan timeout)
        {
            attempt.PrepareToken();
            _alarms.Add(new Alarm(AlarmKind.Timeout, attempt), attempt.Started + timeout);
        }

        if (attempt.Definition.Timing.TotalTimeout is TimeSpan total)
        {
            attempt.PrepareToken();
            _alarms.Add(new Alarm(AlarmKind.TotalTimeout, attempt), attempt.Started + total - (attempt.History?.Spent ?? TimeSpan.Zero));
        }

        if (attempt.Definition.Timing.IdleTimeout is TimeSpan idle)
        {
            _alarms.Add(new Alarm(AlarmKind.IdleTimeout, attempt), attempt.Started + idle);
        }

        if (attempt.Definition.Timing.SlowAfter is TimeSpan slow && attempt.Unit.Work is not NoWork)
        {
            _alarms.Add(new Alarm(AlarmKind.Slow, attempt), attempt.Started + slow);
        }
    }

    private void Ring()
    {
        List<UnitAttempt> asked = [];
        List<(UnitAttempt Attempt, SlowUnit Seen)>? slow = null;
        UnitAttempt? next = null;
        bool runIsDue = false;
        lock (_gate)
        {
            bool goOn = false;
            while (!_isOver && _alarms.TryTake(Elapsed(), out Alarm alarm))
            {
                switch (alarm.Kind)
                {
                    case AlarmKind.RunTimeout:
                        runIsDue = true;
                        break;
                    case AlarmKind.Timeout or AlarmKind.TotalTimeout when alarm.Attempt!.Stopping == StopReason.None:
                        AskToEnd(alarm.Attempt, alarm.Kind == AlarmKind.Timeout ? StopReason.Timeout : StopReason.TotalTimeout);
                        asked.Add(alarm.Attempt);
                        break;
                    case AlarmKind.IdleTimeout when alarm.Attempt!.Stopping == StopReason.None:
                        if (IsIdle(alarm.Attempt))
                        {
                            AskToEnd(alarm.Attempt, StopReason.IdleTimeout);
                            asked.Add(alarm.Attempt);
                        }

                        break;
                    case AlarmKind.Slow when alarm.Attempt!.Stopping == StopReason.None:
                        (slow ??= []).Add((alarm.Attempt, LookAtSlow(alarm.Attempt)));
                        break;
                    case AlarmKind.Return:
                        Return(alarm.Rest!);
                        goOn = true;
                        break;
                    case AlarmKind.Group:
                        EndGroupsWhenDue(asked);
                        goOn = true;
                        break;
                    case AlarmKind.AbandonCall:
                        EndCallAs(alarm.Call!, null);
                        goOn = true;
                        break;
                    case AlarmKind.Finalizers:
                        EndFinalizers(asked);
                        goOn = true;
                        break;
                    case AlarmKind.Abandon:
                        EndAs(alarm.Attempt!, UnitJudge.JudgeAbandoned(alarm.Attempt!.Definition, alarm.Attempt.Stopping), default);
                        goOn = true;
                        break;
                }
            }

            if (goOn)
            {
                next = Continue();
            }

            _alarms.Set(Elapsed());
        }

        HandToPool(next);
        SignalAll(asked);
        SignalCalls();
        slow?.ForEach(TellSlow);
        if (runIsDue)
        {
            Stop(StopReason.RunTimeout);
        }
    }

    /// <summary>Under the lock. A process is killed when its grace is over; a delegate can only be given up.</summary>
    private void AskToEnd(UnitAttempt attempt, StopReason reason)
    {
        if (attempt.Stopping != StopReason.None)
        {
            return;
        }

        attempt.Stopping = reason;
        if (!attempt.IsProcess)
        {
            _alarms.Add(new Alarm(AlarmKind.Abandon, attempt), Elapsed() + attempt.Definition.GracePeriod);
        }
    }

    private void SignalAll(IEnumerable<UnitAttempt> attempts)
    {
        foreach (UnitAttempt attempt in attempts)
        {
            if (attempt.IsProcess)
            {
                _lane!.Stop(attempt);
            }
            else
            {
                attempt.SignalToken();
            }
        }
    }
}

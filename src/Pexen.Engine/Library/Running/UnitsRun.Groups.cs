using Pexen.Execution.Dispatching;
using Pexen.Execution.Dispatching.Groups;
using Pexen.Model;
using Pexen.Scheduling;

namespace Pexen.Library;

/// <summary>Limits and callbacks of groups (rule 28). A run whose groups have none has nothing of this.</summary>
internal sealed partial class UnitsRun : IGroupHooks
{
    private static readonly int OutcomeCount = Enum.GetValues<Outcome>().Length;

    private readonly GroupRuns? _groups;
    private readonly Dictionary<string, UnitGroup> _groupsByName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<GroupRun, GroupCall> _calls = [];
    private readonly List<GroupCall> _toSignal = [];
    private Dictionary<GroupRun, int[]>? _groupOutcomes;
    private long? _groupAlarm;

    /// <summary>How many callbacks run.</summary>
    int IGroupHooks.Running => _calls.Count;

    /// <summary>Under the lock, as all that groups do.</summary>
    void IGroupHooks.Start(GroupRun group, GroupHook hook)
    {
        UnitGroup declared = _groupsByName[group.Definition.Name];
        Func<GroupContext, Task> callback = hook switch
        {
            GroupHook.OnStarted => declared.OnStarted!,
            GroupHook.OnSucceeded => declared.OnSucceeded!,
            _ => declared.OnFinished!,
        };
        group.Running = hook;
        group.HookStarted = Nanoseconds();
        var token = new CancellationTokenSource();
        var call = new GroupCall(this, group, hook, callback, new GroupContext(declared.Name, group.Outcome, OutcomesOf(group), token.Token), token);
        _calls.Add(group, call);
        ThreadPool.UnsafeQueueUserWorkItem(call, preferLocal: false);
    }

    /// <summary>Under the lock; the token fires when it is left.</summary>
    void IGroupHooks.Stop(GroupRun group)
    {
        GroupCall call = _calls[group];
        if (!call.WasAsked)
        {
            call.WasAsked = true;
            _toSignal.Add(call);
            _alarms.Add(new Alarm(AlarmKind.AbandonCall, Call: call), Elapsed() + _options.GracePeriod);
        }
    }

    /// <summary>A callback has ended.</summary>
    public void EndCall(GroupCall call, Exception? problem)
    {
        UnitAttempt? next = null;
        lock (_gate)
        {
            if (!call.IsOver && !_isOver)
            {
                EndCallAs(call, problem);
                next = Continue();
            }
        }

        SignalCalls();
        HandToPool(next);
    }

    private GroupRuns? CreateGroups()
    {
        if (!_prepared.Plan.Groups.Any(group => group.HasLife))
        {
            return null;
        }

        foreach (UnitGroup group in _options.Groups)
        {
            _groupsByName.TryAdd(group.Name, group);
        }

        return new GroupRuns(_prepared.Plan.Groups, _graph, _scheduler, this);
    }

    /// <summary>Under the lock: one that was given up, and one that was asked to end, has failed whatever it says.</summary>
    private void EndCallAs(GroupCall call, Exception? problem)
    {
        GroupRun group = call.Group;
        call.IsOver = true;
        _calls.Remove(group);
        group.Running = null;
        bool succeeded = problem is null && !call.WasAsked;
        if (!succeeded && (!call.WasAsked || group.HookTimedOut))
        {
            // Where it is the run that ended it, that has been told.
            _notes.Add(Diagnostics.GroupCallbackFailed(group.Definition, call.Hook, group.HookTimedOut ? null : problem));
        }

        _groups!.HookEnded(group, call.Hook, succeeded);
    }

    /// <summary>Under the lock: its group is not open yet, so the unit stays outside until it is.</summary>
    private bool WaitsForGroup(int unit)
    {
        if (_groups is null || _groups.Admit(unit))
        {
            return false;
        }

        _scheduler.GiveBack(unit);
        ReadEvents();
        return true;
    }

    private void NoteGroupStart(UnitAttempt attempt)
    {
        if (_groups is not null && attempt.Definition.Group is not null)
        {
            attempt.PrepareToken();
            _groups.Started(attempt.Index, RunClock.Nanoseconds(attempt.Started));
        }
    }

    /// <summary>Under the lock: a unit will not run any more.</summary>
    private void NoteGroupEnd(int unit, UnitResult result)
    {
        if (_groups is null || _planned[unit].Definition.Group is null)
        {
            return;
        }

        foreach (GroupRun group in _groups.GroupsAround(unit))
        {
            _groupOutcomes ??= [];
            if (!_groupOutcomes.TryGetValue(group, out int[]? counts))
            {
                _groupOutcomes.Add(group, counts = new int[OutcomeCount]);
            }

            counts[(int)result.Outcome]++;
        }

        _groups.Ended(unit, result.Outcome, result.Code);
    }

    /// <summary>Under the lock: groups and callbacks whose time is up.</summary>
    private void EndGroupsWhenDue(List<UnitAttempt> asked)
    {
        while (_groups?.TakeTimedOut(Nanoseconds()) is GroupRun group)
        {
            HashSet<int> members = [.. _groups.UnitsIn(group)];
            UnitAttempt[] running = [.. _active.Where(attempt => members.Contains(attempt.Index) && attempt.Stopping == StopReason.None && !OutlivesTheRun(attempt))];
            foreach (UnitAttempt attempt in running)
            {
                AskToEnd(attempt, StopReason.GroupTimeout);
                asked.Add(attempt);
            }

            int before = _outcomes[(int)Outcome.Skipped];
            int notAgain = members.Count(unit => _scheduler.StateOf(unit) is UnitState.Resting or UnitState.Returning && HistoryOf(unit) is { Ended.Count: > 0 } && !_scheduler.OutlivesTheRun(unit));
            _groups.Close(group, SkipReason.GroupTimedOut);
            ReadEvents();
            _notes.Add(Diagnostics.GroupTimedOut(group.Definition, running.Length, _outcomes[(int)Outcome.Skipped] - before - notAgain, notAgain));
        }
    }

    /// <summary>Under the lock: lets the timer ring when the next thing is due of a group.</summary>
    private void SetGroupAlarm()
    {
        if (_groups?.NextDue() is long due && due != _groupAlarm)
        {
            _groupAlarm = due;
            _alarms.Add(new Alarm(AlarmKind.Group), TimeSpan.FromTicks(due / 100));
        }
    }

    /// <summary>Not under the lock: the token fires of callbacks that should end.</summary>
    private void SignalCalls()
    {
        if (_groups is null)
        {
            return;
        }

        GroupCall[] calls;
        lock (_gate)
        {
            calls = [.. _toSignal];
            _toSignal.Clear();
        }

        foreach (GroupCall call in calls)
        {
            call.SignalToken();
        }
    }

    private Dictionary<Outcome, int> OutcomesOf(GroupRun group) =>
        _groupOutcomes?.TryGetValue(group, out int[]? counts) == true ? CountOutcomes(counts) : [];

    private long Nanoseconds() => RunClock.Nanoseconds(Elapsed());
}

using System.Collections.Immutable;
using Pexen.Model;
using Pexen.Scheduling;

namespace Pexen.Execution.Dispatching.Groups;

/// <summary>The lives of groups while a run goes on: when they open, what is due of them, and when they are over (rule 28). Made only where a group has a limit or a command.</summary>
internal sealed class GroupRuns
{
    private readonly GroupRun[] _groups;
    private readonly List<int>[] _members;
    private readonly ScheduleGraph _graph;
    private readonly UnitScheduler _scheduler;
    private readonly IGroupHooks _hooks;
    private readonly PriorityQueue<GroupRun, long> _due = new();
    private int _joined;
    private bool _ending;
    private bool _ended;

    /// <param name="groups">Of the plan.</param>
    /// <param name="graph">Knows which group each unit is in.</param>
    /// <param name="scheduler">Starts and skips the units.</param>
    /// <param name="hooks">Runs what the groups do.</param>
    public GroupRuns(ImmutableArray<GroupDefinition> groups, ScheduleGraph graph, UnitScheduler scheduler, IGroupHooks hooks)
    {
        _graph = graph;
        _scheduler = scheduler;
        _hooks = hooks;
        _groups = new GroupRun[groups.Length];
        _members = new List<int>[groups.Length];
        for (int index = 0; index < groups.Length; index++)
        {
            Make(groups, index);
        }

        Join();
    }

    /// <summary>A command of some group runs, and the run goes on for it.</summary>
    public bool IsBusy => _hooks.Running > 0;

    /// <summary>A group timed out, or a command of one failed.</summary>
    public bool AnyFailed { get; private set; }

    public IReadOnlyList<GroupRun> All => _groups;

    /// <summary>Takes in the units that there are since the last time. Those of a group that is over, or whose time is up, will not run.</summary>
    public void Join()
    {
        for (; _joined < _graph.UnitCount; _joined++)
        {
            if (GroupOf(_joined) is not GroupRun group)
            {
                continue;
            }

            group.Left++;
            _members[group.Index].Add(_joined);
            if (group.FromInside.FirstOrDefault(around => around.Closed is not null || around.Stage >= GroupStage.Closing) is GroupRun shut)
            {
                _scheduler.Skip([_joined], new SkipCause(shut.Closed ?? SkipReason.GroupFinished, Group: shut.Index));
            }
        }
    }

    /// <summary>A unit could start now. False: it has to wait outside until its group is open, and the command that opens it is under way.</summary>
    public bool Admit(int unit)
    {
        if (GroupOf(unit) is not GroupRun own)
        {
            return true;
        }

        foreach (GroupRun group in own.FromOutside)
        {
            if (group.Stage == GroupStage.Waiting)
            {
                group.Stage = Run(group, GroupHook.OnStarted) ? GroupStage.Opening : GroupStage.Open;
            }

            if (group.Stage == GroupStage.Opening)
            {
                group.Behind.Add(unit);
                return false;
            }
        }

        return true;
    }

    /// <summary>The group whose command a unit waits for that was not admitted, or null.</summary>
    public GroupRun? OpeningFor(int unit) => Array.Find(_groups, group => group.Stage == GroupStage.Opening && group.Behind.Contains(unit));

    /// <summary>A unit starts.</summary>
    public void Started(int unit, long now)
    {
        for (GroupRun? group = GroupOf(unit); group is { Started: null }; group = group.Parent)
        {
            group.Started = now;
            if (group.Definition.Timeout is TimeSpan timeout)
            {
                _due.Enqueue(group, now + RunClock.Nanoseconds(timeout));
            }
        }
    }

    /// <summary>A unit will not run any more.</summary>
    /// <param name="unit">Which.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="code">Of what went wrong, or null.</param>
    public void Ended(int unit, Outcome? outcome, string? code)
    {
        if (GroupOf(unit) is GroupRun own)
        {
            foreach (GroupRun group in own.FromInside)
            {
                group.Note(outcome, code);
            }

            LeaveOne(own);
        }
    }

    /// <summary>A command has ended, and the group's account says so already.</summary>
    public void HookEnded(GroupRun group, GroupHook hook, bool succeeded)
    {
        if (!succeeded)
        {
            group.HookFailed = true;
            AnyFailed = true;
            foreach (GroupRun around in group.FromInside)
            {
                around.Spoiled = true;
            }
        }

        if (hook == GroupHook.OnStarted)
        {
            Opened(group);
        }
        else
        {
            GoOnClosing(group, after: hook);
        }
    }

    /// <summary>When the next is due, or null.</summary>
    public long? NextDue()
    {
        while (_due.TryPeek(out GroupRun? group, out long due))
        {
            if (Counts(group, due))
            {
                return due;
            }

            _due.Dequeue();
        }

        return null;
    }

    /// <summary>Ends commands whose time is up, and gives the next group whose own time is.</summary>
    public GroupRun? TakeTimedOut(long now)
    {
        while (NextDue() is long due && due <= now)
        {
            GroupRun group = _due.Dequeue();
            if (group.Running is not null && due == group.HookDue)
            {
                group.HookTimedOut = true;
                _hooks.Stop(group);
                continue;
            }

            group.TimedOut = true;
            AnyFailed = true;
            return group;
        }

        return null;
    }

    /// <summary>None of the units in a group starts any more, but for those that clean up after others (rule 24), and the services that these require.</summary>
    public void Close(GroupRun group, SkipReason reason)
    {
        group.Closed = reason;
        _scheduler.Skip([.. UnitsIn(group).Where(unit => !_scheduler.OutlivesTheRun(unit))], new SkipCause(reason, Group: group.Index));
    }

    /// <summary>All units in a group, and in those inside it.</summary>
    public IEnumerable<int> UnitsIn(GroupRun group) => _groups.Where(inside => inside.FromInside.Contains(group)).SelectMany(inside => _members[inside.Index]);

    /// <summary>The groups that a unit is in, from the innermost out.</summary>
    public IEnumerable<GroupRun> GroupsAround(int unit) => GroupOf(unit)?.FromInside ?? [];

    /// <summary>The run ends: what prepares or crowns is not worth its time any more. What cleans up still runs.</summary>
    public void End()
    {
        _ending = true;
        foreach (GroupRun group in _groups)
        {
            if (group.Running is GroupHook.OnStarted or GroupHook.OnSucceeded)
            {
                _hooks.Stop(group);
            }
        }
    }

    /// <summary>The same again, and for good.</summary>
    public void EndAll()
    {
        _ended = true;
        foreach (GroupRun group in _groups)
        {
            if (group.Running is not null)
            {
                _hooks.Stop(group);
            }
        }
    }

    /// <summary>A group may be declared before the one that it lies in.</summary>
    private GroupRun Make(ImmutableArray<GroupDefinition> groups, int index)
    {
        if (_members[index] is null)
        {
            GroupRun? parent = _graph.Groups[index].Parent is >= 0 and int around ? Make(groups, around) : null;
            if (parent is not null)
            {
                parent.Left++;
            }

            _groups[index] = new GroupRun(groups[index], index, parent);
            _members[index] = [];
        }

        return _groups[index];
    }

    private GroupRun? GroupOf(int unit) => _graph.GroupOf(unit) is >= 0 and int group ? _groups[group] : null;

    private bool Run(GroupRun group, GroupHook hook)
    {
        if (_ended || (_ending && hook != GroupHook.OnFinished) || group.Definition.Hooks[hook] is null)
        {
            return false;
        }

        _hooks.Start(group, hook);
        _due.Enqueue(group, group.HookDue);
        return true;
    }

    private void Opened(GroupRun group)
    {
        group.Stage = GroupStage.Open;
        int[] behind = [.. group.Behind];
        group.Behind.Clear();
        if (group.HookFailed)
        {
            Close(group, SkipReason.GroupNotStarted);
        }

        foreach (int unit in behind)
        {
            if (_scheduler.StateOf(unit) == UnitState.Outside)
            {
                _scheduler.Retry(unit);
            }
        }

        if (group.Left == 0)
        {
            GoOnClosing(group, after: GroupHook.OnStarted);
        }
    }

    private void LeaveOne(GroupRun group)
    {
        if (--group.Left > 0)
        {
            return;
        }

        if (group.Stage == GroupStage.Waiting)
        {
            Finish(group);
        }
        else if (group.Stage == GroupStage.Open)
        {
            GoOnClosing(group, after: GroupHook.OnStarted);
        }
    }

    private void GoOnClosing(GroupRun group, GroupHook after)
    {
        group.Stage = GroupStage.Closing;
        bool succeeded = group is { Spoiled: false, AnySucceeded: true };
        if ((after < GroupHook.OnSucceeded && succeeded && Run(group, GroupHook.OnSucceeded))
            || (after < GroupHook.OnFinished && Run(group, GroupHook.OnFinished)))
        {
            return;
        }

        Finish(group);
    }

    private void Finish(GroupRun group)
    {
        group.Stage = GroupStage.Over;
        if (group.Parent is GroupRun parent)
        {
            LeaveOne(parent);
        }
    }

    private static bool Counts(GroupRun group, long due) =>
        (group.Running is not null && due == group.HookDue)
        || (group is { Stage: GroupStage.Open, Closed: null, TimedOut: false, Started: long started, Definition.Timeout: TimeSpan timeout }
            && due == started + RunClock.Nanoseconds(timeout));
}

using Pexen.Execution.Dispatching.Groups;
using Pexen.Scheduling;

namespace Pexen.Execution.Dispatching;

/// <summary>What groups do to units, and units to groups (rule 28).</summary>
internal sealed partial class Dispatcher
{
    private GroupRuns? _groups;
    private HookRunner? _hooks;

    private void CreateGroups(Records.LogFileNames logNames)
    {
        if (!_request.Plan.Groups.Any(group => group.HasLife))
        {
            return;
        }

        _hooks = new HookRunner(_request, _executor, _environment, _clock, _folder, logNames, _report, _exchange);
        _groups = new GroupRuns(_request.Plan.Groups, _graph, _scheduler, _hooks);
        _report.Groups = _groups;
    }

    /// <summary>Its group is not open yet: the unit stays outside until it is.</summary>
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

    private void HookEnded(AttemptEnd end)
    {
        GroupRun group = _groups!.All[HookRunner.GroupOf(end.Unit)];
        _groups.HookEnded(group, group.Running!.Value, _hooks!.End(group, end));
        ReadEvents();
    }

    private void EndGroupsWhenDue(long now)
    {
        while (_groups?.TakeTimedOut(now) is GroupRun group)
        {
            int[] units = [.. _groups.UnitsIn(group)];
            int[] running = [.. units.Where(unit => _running.Contains(unit) && !OutlivesTheRun(unit))];
            foreach (int unit in running)
            {
                Stop(unit, StopReason.GroupTimeout);
            }

            UnitRun[] waiting = [.. units.Where(unit => !_running.Contains(unit) && _scheduler.StateOf(unit) < UnitState.Provided).Select(unit => _units[unit])];
            _groups.Close(group, SkipReason.GroupTimedOut);
            ReadEvents();
            int notAgain = waiting.Count(unit => unit is { Outcome: Outcome.Skipped, Attempt: > 0 });
            _report.Say(Diagnostics.GroupTimedOut(group.Definition, running.Length, waiting.Count(unit => unit.Outcome == Outcome.Skipped) - notAgain, notAgain));
        }
    }

    /// <summary>What a unit waits for that could start, as far as the run is concerned.</summary>
    private string WhyOutside(int unit) => _groups?.OpeningFor(unit) is GroupRun group ? $"OnStarted of group '{group.Definition.Name}'" : "another build";
}

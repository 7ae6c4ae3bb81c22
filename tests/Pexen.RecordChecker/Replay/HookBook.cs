using Pexen.RecordChecking.Input;

namespace Pexen.RecordChecking.Replay;

/// <summary>The commands of groups: before the first of their units, and after the last; and each in run.json as it was in the events.</summary>
internal sealed class HookBook(CheckedRun run, WaitingRoom room)
{
    private static readonly string[] Names = ["OnStarted", "OnSucceeded", "OnFinished"];

    private readonly Dictionary<UnitGroup, List<(string Hook, int? ExitCode, int? Signal)>> _ended = [];
    private readonly Dictionary<UnitGroup, string> _running = [];

    /// <summary>
    /// A command has just begun to open a group. It was the turn of one of its units, which is not named and may have been in an exclusive group: whoever
    /// starts next may owe the machine to that.
    /// </summary>
    public bool GaveATurn { get; private set; }

    /// <summary>Whether the unit waits for the command that opens its group, or one around it.</summary>
    public bool IsBehind(UnitTrace unit) => unit.Group?.Around().Any(group => _running.GetValueOrDefault(group) == Names[0]) == true;

    public void Play(RunEvent line)
    {
        if (run.Groups.Find(line.Group) is not { } group || !Names.Contains(line.Hook))
        {
            Complain(line, $"'{line.Hook}' of group '{line.Group}', which run.json does not have");
        }
        else if (line.Event == "hook")
        {
            Begin(line, group);
        }
        else
        {
            End(line, group);
        }
    }

    /// <summary>A unit starts: all around it is open. Finalizers are not kept from running by the failure to open it.</summary>
    public void Start(UnitTrace unit, long seq)
    {
        GaveATurn = false;
        foreach (UnitGroup group in unit.Group?.Around() ?? [])
        {
            bool failed = unit.Entry.Finalizes.Length == 0 && _ended.GetValueOrDefault(group)?.Any(hook => hook.Hook == Names[0] && hook.ExitCode != 0) == true;
            if (_running.ContainsKey(group) || failed || _ended.GetValueOrDefault(group)?.Any(hook => hook.Hook != Names[0]) == true)
            {
                run.Complaints.Add(Rule.Hooks, $"it starts while a command of group '{group.Name}' runs, or after one that failed or that ends the group", unit.Name, seq);
            }
        }
    }

    /// <summary>What run.json says of the groups, after all events.</summary>
    public void Finish()
    {
        foreach (GroupEntry entry in run.File.Groups.Where(entry => entry.Outcome is not null))
        {
            if (run.Groups.Find(entry.Name) is not { } group)
            {
                continue;
            }

            List<(string, int?, int?)> told = [.. (entry.Hooks ?? []).Select(hook => (hook.Hook, hook.ExitCode, hook.Signal))];
            if (!run.File.Interrupted && (!told.SequenceEqual(_ended.GetValueOrDefault(group) ?? []) || _running.ContainsKey(group)))
            {
                run.Complaints.Add(Rule.Hooks, $"the commands of group '{entry.Name}' in run.json are not those of the events");
            }

            Count(entry, group);
        }
    }

    private void Begin(RunEvent line, UnitGroup group)
    {
        UnitTrace[] members = [.. Members(group)];
        bool first = line.Hook == Names[0];
        if (_running.ContainsKey(group) || _ended.GetValueOrDefault(group)?.Any(hook => Array.IndexOf(Names, hook.Hook) >= Array.IndexOf(Names, line.Hook)) == true)
        {
            Complain(line, $"'{line.Hook}' of group '{group.Name}' out of order");
        }

        if (first && members.FirstOrDefault(unit => unit.HasStarted) is { } early)
        {
            Complain(line, $"'{line.Hook}' of group '{group.Name}' after the start of '{early.Name}'");
        }

        if (!first && members.FirstOrDefault(unit => !unit.IsOver) is { } late)
        {
            Complain(line, $"'{line.Hook}' of group '{group.Name}' before the end of '{late.Name}'");
        }

        if (line.Hook == Names[1] && members.FirstOrDefault(unit => unit.Failed || unit.Entry.Outcome == "Cancelled" || unit.Entry is { Outcome: "Skipped", Code: not null }) is { } bad)
        {
            Complain(line, $"'{line.Hook}' of group '{group.Name}', but '{bad.Name}' is {bad.Entry.Outcome}");
        }

        _running[group] = line.Hook!;
        GaveATurn |= first;
        foreach (UnitTrace unit in members.Where(unit => unit.Phase == UnitPhase.Ready))
        {
            room.StandBehind(unit);
        }
    }

    private void End(RunEvent line, UnitGroup group)
    {
        if (!_running.Remove(group, out string? running) || running != line.Hook)
        {
            Complain(line, $"'{line.Hook}' of group '{group.Name}' ends, but did not run");
            return;
        }

        if (!_ended.TryGetValue(group, out List<(string, int?, int?)>? list))
        {
            _ended.Add(group, list = []);
        }

        list.Add((line.Hook!, line.ExitCode, line.Signal));
        foreach (UnitTrace unit in Members(group).Where(unit => unit.Phase == UnitPhase.Ready && !IsBehind(unit)))
        {
            room.Enter(unit);
        }
    }

    private IEnumerable<UnitTrace> Members(UnitGroup group) => run.Units.Where(unit => unit.Group?.Around().Contains(group) == true);

    private void Count(GroupEntry entry, UnitGroup group)
    {
        string[] outcomes = [.. Members(group).Select(unit => unit.Entry.Outcome)];
        int failed = outcomes.Count(outcome => outcome is "Failed" or "ControlledFailure");
        int timedOut = outcomes.Count(outcome => outcome == "TimedOut");
        int skipped = outcomes.Count(outcome => outcome is "Skipped" or "NotNeeded");
        int cancelled = outcomes.Count(outcome => outcome == "Cancelled");
        if ((entry.Failed, entry.TimedOut, entry.Skipped, entry.Cancelled, entry.Succeeded)
            != (failed, timedOut, skipped, cancelled, outcomes.Length - failed - timedOut - skipped - cancelled))
        {
            run.Complaints.Add(Rule.Groups, $"group '{entry.Name}' does not count its units as their records do");
        }

        if (entry.Outcome == "Succeeded" && (failed + timedOut + cancelled > 0 || (entry.Hooks ?? []).Any(hook => hook.ExitCode != 0)))
        {
            run.Complaints.Add(Rule.Groups, $"group '{entry.Name}' succeeded, but not all that is in it");
        }
    }

    private void Complain(RunEvent line, string text) => run.Complaints.Add(Rule.Hooks, text, null, line.Seq);
}

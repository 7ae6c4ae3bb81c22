using Pexen.Execution.Exchange;
using Pexen.Model;
using Pexen.Records;

namespace Pexen.Execution.Dispatching.Groups;

/// <summary>Runs the commands of groups: processes beside the units, without a slot and without locks.</summary>
internal sealed class HookRunner(
    RunRequest request, IExecutor executor, LaunchEnvironment environment, RunClock clock, RunFolder folder, LogFileNames logNames, RunReport report, ValueExchange exchange) : IGroupHooks
{
    private const int HooksOfGroup = 4;
    private readonly Dictionary<int, string> _logs = [];

    public int Running { get; private set; }

    /// <summary>Told of starts and ends, before anything else is.</summary>
    public RunJournal? Journal { get; set; }

    /// <summary>Whether a number under which something ran is that of a command of a group: below those of all units and probes.</summary>
    public static bool IsNumber(int unit) => unit < int.MinValue / 2;

    public static int GroupOf(int number) => (number - int.MinValue) / HooksOfGroup;

    public void Start(GroupRun group, GroupHook hook)
    {
        string name = $"{group.Definition.Name}.{hook}";
        int number = NumberOf(group, hook);
        _logs[number] = logNames.Next(name);
        group.Running = hook;
        group.HookStarted = clock.Nanoseconds();
        Running++;
        var unit = new PlannedUnit
        {
            Index = number,
            Rank = 0,
            Definition = new UnitDefinition
            {
                Name = name,
                Work = new CommandWork(group.Definition.Hooks[hook]!),
                WorkingDirectory = request.ProjectDirectory,
                Environment = [new NamedValue("PEXEN_GROUP", group.Definition.Name), new NamedValue("PEXEN_GROUP_OUTCOME", group.Outcome?.ToString() ?? "")],
            },
        };
        Journal!.Hook(group.Definition.Name, hook);
        Journal.Flush();
        executor.Start(new Launch
        {
            Unit = number,
            Name = name,
            Work = unit.Definition.Work,
            ProjectDirectory = request.ProjectDirectory,
            WorkingDirectory = request.ProjectDirectory,
            Environment = environment(unit, 1, 0, InheritedVariables.None),
            Log = folder.LogOf(_logs[number]),
            LogLimit = request.LogLimit,
            Mask = exchange.Secrets.Mask,
            GracePeriod = unit.Definition.GracePeriod,
        });
    }

    public void Stop(GroupRun group) => executor.Stop(NumberOf(group, group.Running!.Value), TimeSpan.FromSeconds(5));

    /// <summary>Notes the end in the group's account and says what there is to say.</summary>
    /// <returns>Whether the command succeeded.</returns>
    public bool End(GroupRun group, AttemptEnd end)
    {
        GroupHook hook = group.Running!.Value;
        string? log = end.OutputBytes > 0 ? _logs[end.Unit] : null;
        Running--;
        group.Running = null;
        bool succeeded = end is { ExitCode: 0, Stopped: false, StartFailure: null, OutputFailure: null };

        // One that was stopped and said 0 to that has not succeeded, and the record says so.
        int? exitCode = !succeeded && end.ExitCode == 0 ? null : end.ExitCode;
        Journal!.HookEnd(group.Definition.Name, hook, exitCode, end.Signal);
        group.Hooks = group.Hooks.Add(new GroupHookRecord(
            hook.ToString(), clock.At(group.HookStarted), clock.At(clock.Nanoseconds()), exitCode, end.Signal, log is null ? null : $"logs/{log}"));
        if (!end.Survivors.IsEmpty)
        {
            report.Say(Diagnostics.ProcessesLeftBehind(group.Definition, hook, end.Survivors));
        }

        if (succeeded)
        {
            return true;
        }

        if (end is { Stopped: true, OutputFailure: null } && !group.HookTimedOut)
        {
            // The end of the run has been told.
            return false;
        }

        report.SayOfHook(Diagnostics.GroupHookFailed(group.Definition, hook, end, group.HookTimedOut), $"{group.Definition.Name}.{hook}", log);
        return false;
    }

    private static int NumberOf(GroupRun group, GroupHook hook) => int.MinValue + (group.Index * HooksOfGroup) + (int)hook;
}

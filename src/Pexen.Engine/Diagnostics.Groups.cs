using Pexen.Execution;
using Pexen.Model;

namespace Pexen;

/// <summary>What can be said of the lives of groups.</summary>
internal static partial class Diagnostics
{
    /// <param name="group">Whose command.</param>
    /// <param name="hook">Which.</param>
    /// <param name="end">How it ended.</param>
    /// <param name="late">It was stopped because its time was up.</param>
    public static Diagnostic GroupHookFailed(GroupDefinition group, GroupHook hook, AttemptEnd end, bool late)
    {
        string how = end switch
        {
            { StartFailure: string why } => $"could not be started: {Sentence(why)}",
            { OutputFailure: string why } => $"was stopped, for its output could not be written: {Sentence(why)}",
            _ when late => $"was stopped after {Duration(GroupHooks.Limit)}, which is as long as a command of a group may take.",
            { Signal: int signal } => $"was ended by signal {Number(signal)}{SignalName(signal)}.",
            _ => $"failed with exit code {Number(end.ExitCode ?? 0)}.",
        };
        return Error("PEX3014", $"Group '{group.Name}': {hook} {how}{(hook == GroupHook.OnStarted ? " Its units are skipped." : "")}", null, group.Source);
    }

    /// <param name="group">Whose callback.</param>
    /// <param name="hook">Which.</param>
    /// <param name="exception">What it threw; null: it took too long.</param>
    public static Diagnostic GroupCallbackFailed(GroupDefinition group, GroupHook hook, Exception? exception)
    {
        string how = exception is null
            ? $"was asked to end after {Duration(GroupHooks.Limit)}, which is as long as a callback of a group may take."
            : $"threw {exception.GetType().FullName}: {Sentence(new ExceptionInfo(exception).Message)}";
        return Error("PEX3014", $"Group '{group.Name}': {hook} {how}{(hook == GroupHook.OnStarted ? " Its units are skipped." : "")}");
    }

    public static Diagnostic ProcessesLeftBehind(GroupDefinition group, GroupHook hook, IReadOnlyList<string> processes) =>
        Warning("PEX4004", $"Group '{group.Name}': {hook} ended but left processes behind, which were ended: {Names(processes)}. What is to stay up for units is a service.", null, group.Source);

    /// <param name="group">Which.</param>
    /// <param name="stopped">How many units of it were running.</param>
    /// <param name="notStarted">How many waited.</param>
    /// <param name="notAgain">How many waited for another attempt.</param>
    public static Diagnostic GroupTimedOut(GroupDefinition group, int stopped, int notStarted, int notAgain) =>
        Error(
            "PEX3002",
            $"Group '{group.Name}' was ended after its Timeout of {Duration(group.Timeout!.Value)}: {Count(stopped, "unit")} stopped, {Number(notStarted)} not started{(notAgain == 0 ? "" : $", {Number(notAgain)} not tried again")}.",
            null,
            group.Source);
}

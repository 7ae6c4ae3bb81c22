using Pexen.Model;

namespace Pexen.Execution.Dispatching.Groups;

/// <summary>Runs what a group does of its own: commands in a build, delegates in the library. Beside the units, without a slot and without locks.</summary>
internal interface IGroupHooks
{
    /// <summary>How many run.</summary>
    int Running { get; }

    /// <summary>Begins one, and notes that and the time in the group. Its end is told later, by <see cref="GroupRuns.HookEnded"/>.</summary>
    void Start(GroupRun group, GroupHook hook);

    /// <summary>Asks the one that runs to end.</summary>
    void Stop(GroupRun group);
}

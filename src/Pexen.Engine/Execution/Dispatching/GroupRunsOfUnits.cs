using Pexen.Execution.Dispatching.Groups;

namespace Pexen.Execution.Dispatching;

/// <summary>What the units of a build tell their groups.</summary>
internal static class GroupRunsOfUnits
{
    /// <summary>A unit starts.</summary>
    public static void Started(this GroupRuns groups, UnitRun unit) => groups.Started(unit.Unit.Index, unit.AttemptStarted!.Value);

    /// <summary>A unit will not run any more.</summary>
    public static void Ended(this GroupRuns groups, UnitRun unit) => groups.Ended(unit.Unit.Index, unit.Outcome, unit.Code);
}

using Pexen.Model;
using Pexen.Scheduling;

namespace Pexen.Library;

/// <summary>Until the scheduler itself can add: its own method of this name comes first wherever it exists, and then this file goes.</summary>
internal static class SchedulerSeam
{
    public static void Add(this UnitScheduler scheduler, PlanExtension extension) =>
        throw new NotSupportedException($"{extension.Units.Length} units cannot be added to a run of {scheduler.Count(UnitState.Waiting)} yet.");
}

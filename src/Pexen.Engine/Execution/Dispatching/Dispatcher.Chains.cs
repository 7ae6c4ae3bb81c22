using System.Runtime.InteropServices;
using Pexen.Scheduling;
namespace Pexen.Execution.Dispatching;

/// <summary>A unit that breaks a limit takes those with it that are as large, but no service and no finalizer (rule 37).</summary>
internal sealed partial class Dispatcher
{
    private void Chain(UnitRun broken)
    {
        if (broken.Definition.Limits is not { Category: not null, Size: > 0 })
        {
            return;
        }

        List<int> waiting = [];
        List<string> stopped = [];
        foreach (UnitRun other in _units)
        {
            if (other == broken || OutlivesTheRun(other.Unit.Index) || !other.Definition.Limits.GoesWith(broken.Definition.Limits))
            {
                continue;
            }

            int index = other.Unit.Index;
            if (!_running.Contains(index))
            {
                waiting.Add(index);
            }
            else if (other.Stopping is StopReason.None or StopReason.Preempted)
            {
                stopped.Add(other.Definition.Name);
                StopChained(other, broken);
            }
        }

        if (stopped.Count > 0)
        {
            _report.Say(Diagnostics.UnitsStoppedWith(broken.Definition, stopped));
        }

        _scheduler.Skip(CollectionsMarshal.AsSpan(waiting), new SkipCause(SkipReason.Chained, broken.Unit.Index));
        ReadEvents();
    }

    private void StopChained(UnitRun unit, UnitRun broken)
    {
        unit.ChainedBy = broken;

        // One that is giving way is being stopped already, but not to come back.
        if (unit.Stopping == StopReason.Preempted)
        {
            unit.Stopping = StopReason.Chained;
        }

        Stop(unit.Unit.Index, StopReason.Chained);
    }
}

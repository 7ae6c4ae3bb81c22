using System.Collections.Immutable;
using Pexen.Scheduling;

namespace Pexen.Library;

/// <summary>Which unit has which instances of what is counted.</summary>
internal sealed partial class UnitsRun
{
    private readonly InstanceBook? _instances;

    /// <summary>Under the lock: the tokens are granted, so there are instances for all of them.</summary>
    private Dictionary<string, IReadOnlyList<string>> HandOut(int unit)
    {
        ReadOnlySpan<ScheduleHold> holds = _scheduler.HoldsOf(unit);
        Dictionary<string, IReadOnlyList<string>> grants = new(StringComparer.OrdinalIgnoreCase);
        if (holds.Length > 0)
        {
            // One that kept them after a crash has them still.
            if (_instances!.Of(unit) is null)
            {
                _instances.Take(unit, _instances.Choose(holds, null)!);
            }

            foreach ((_, string resource, IReadOnlyList<string> instances) in _instances.Grants(unit))
            {
                grants.Add(resource, instances);
            }
        }

        return grants;
    }

    private ImmutableArray<string> InstancesOf(int unit, int hold) => _instances?.Of(unit) is { } handed ? handed[hold] : [];
}

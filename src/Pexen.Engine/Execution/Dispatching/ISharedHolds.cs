using System.Collections.Immutable;
using Pexen.Scheduling;

namespace Pexen.Execution.Dispatching;

/// <summary>Chooses instances for the holds of a unit, one list for each hold; null where too few are left.</summary>
/// <param name="elsewhere">What other runs have to do with an instance of a resource.</param>
internal delegate ImmutableArray<string>[]? InstanceChoice(Func<string, string, InstanceStanding> elsewhere);

/// <summary>What units hold, towards other runs on this machine.</summary>
internal interface ISharedHolds : IDisposable
{
    /// <summary>All or nothing; false when another run is in the way, and then nothing is taken.</summary>
    /// <param name="unit">Its name.</param>
    /// <param name="graph">Has the resources.</param>
    /// <param name="holds">What the unit wants.</param>
    /// <param name="choose">Called while no other run can change anything; null where no resource has instances.</param>
    /// <param name="complain">Told of runs that do not agree.</param>
    bool TryTake(string unit, ScheduleGraph graph, ReadOnlySpan<ScheduleHold> holds, InstanceChoice? choose, Action<Diagnostic> complain);

    void Release(string unit);
}

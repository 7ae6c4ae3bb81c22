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
    /// <param name="complain">Told, once for each resource, of a run that declares it otherwise (PEX1015).</param>
    /// <param name="disagreement">Why the unit can never have what it wants as long as that run lasts; null where it need only wait.</param>
    bool TryTake(
        string unit, ScheduleGraph graph, ReadOnlySpan<ScheduleHold> holds, InstanceChoice? choose, Action<Diagnostic> complain, out string? disagreement);

    void Release(string unit);
}

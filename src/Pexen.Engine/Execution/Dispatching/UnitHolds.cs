using System.Collections.Immutable;
using Pexen.Execution.Exchange;
using Pexen.Model;
using Pexen.Scheduling;

namespace Pexen.Execution.Dispatching;

/// <summary>What units hold beyond what the scheduler decides: towards other runs, and which instances of what is counted.</summary>
internal sealed class UnitHolds(ScheduleGraph graph, Plan plan, ISharedHolds? shared)
{
    private readonly InstanceBook? _instances = InstanceBook.For(graph, plan.Resources);

    /// <summary>All or nothing; false when another run is in the way, and then nothing is taken.</summary>
    /// <param name="unit">Has been granted its tokens.</param>
    /// <param name="holds">What it wants.</param>
    /// <param name="complain">Told of runs that do not agree with this one.</param>
    /// <param name="failure">Why it cannot be started at all, or null.</param>
    public bool TryTake(UnitRun unit, ReadOnlySpan<ScheduleHold> holds, Action<Diagnostic> complain, out string? failure)
    {
        failure = null;
        if (holds.IsEmpty || (shared is null && _instances is null))
        {
            return true;
        }

        ScheduleHold[] wanted = holds.ToArray();
        ImmutableArray<string>[]? chosen = null;
        bool taken = shared is null
            ? (chosen = _instances!.Choose(wanted, null)) is not null
            : shared.TryTake(unit.Definition.Name, graph, wanted, _instances is null ? null : Choose, complain, out failure);
        if (failure is not null)
        {
            // It starts only to fail, and is recorded with what the scheduler granted it.
            chosen = _instances?.Choose(wanted, null);
        }

        if ((taken || failure is not null) && chosen is not null)
        {
            _instances!.Take(unit.Unit.Index, chosen);
        }

        return taken;

        ImmutableArray<string>[]? Choose(Func<string, string, InstanceStanding> elsewhere) => chosen = _instances.Choose(wanted, elsewhere);
    }

    /// <summary>To be called when what the unit held is free again.</summary>
    public void Release(UnitRun unit)
    {
        _instances?.Release(unit.Unit.Index);
        shared?.Release(unit.Definition.Name);
    }

    /// <summary>What the unit was handed, one list for each hold; null for nothing.</summary>
    public ImmutableArray<string>[]? InstancesOf(UnitRun unit) => _instances?.Of(unit.Unit.Index);

    /// <summary>The environment with the variables that tell the instances.</summary>
    public InheritedVariables AddTo(InheritedVariables environment, UnitRun unit) =>
        InstancesOf(unit) is null ? environment : environment with { Ours = [.. environment.Ours, .. _instances!.VariablesOf(unit.Unit.Index)] };
}

using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Scheduling;

/// <summary>
/// What the scheduler needs to know of a plan, in flat arrays indexed by unit and by resource. Lists of unit <c>u</c> lie in
/// <c>[Start[u], Start[u + 1])</c>. Nothing is checked here: the planner has.
/// </summary>
internal sealed class ScheduleGraph
{
    /// <summary>A total order over the units, 0 first and without gaps, in which a lower priority number always comes first.</summary>
    public required int[] Rank { get; init; }

    /// <summary>Lower starts first.</summary>
    public required int[] Priority { get; init; }

    /// <summary>Slots wanted, at least 1; the scheduler takes no more than there are (rule 12).</summary>
    public required int[] Slots { get; init; }

    public required int[] DependencyStart { get; init; }

    /// <summary>What each unit waits for.</summary>
    public required Dependency[] Dependencies { get; init; }

    public required int[] HoldStart { get; init; }

    /// <summary>What each unit holds while it runs; a resource at most once for each unit.</summary>
    public required ScheduleHold[] Holds { get; init; }

    /// <summary>The nearest resource above on the same path, or -1.</summary>
    public required int[] ResourceParent { get; init; }

    /// <summary>How many tokens the resource has; 0 for one without a capacity.</summary>
    public required int[] ResourceCapacity { get; init; }

    /// <summary>Paths of the resources; empty where nobody reads them.</summary>
    public ImmutableArray<string> ResourceNames { get; init; } = [];

    public int UnitCount => Rank.Length;

    public int ResourceCount => ResourceParent.Length;

    /// <summary>The same for a plan: units keep their indexes; resources are those that units hold, in order of first mention.</summary>
    public static ScheduleGraph FromPlan(Plan plan) => PlanGraph.Build(plan);
}

using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Scheduling;

/// <summary>Turns a plan into a <see cref="ScheduleGraph"/>.</summary>
internal sealed class PlanGraph
{
    private readonly Dictionary<string, int> resources = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> names = [];
    private readonly Dictionary<string, int> capacities = new(StringComparer.OrdinalIgnoreCase);

    private PlanGraph(Plan plan)
    {
        foreach (ResourceDefinition resource in plan.Resources)
        {
            capacities[resource.Name] = resource.Capacity ?? 0;
        }
    }

    public static ScheduleGraph Build(Plan plan) => new PlanGraph(plan).BuildArrays(plan.Units);

    private ScheduleGraph BuildArrays(ImmutableArray<PlannedUnit> units)
    {
        int[] rank = new int[units.Length];
        int[] priority = new int[units.Length];
        int[] slots = new int[units.Length];
        int[] dependencyStart = new int[units.Length + 1];
        int[] holdStart = new int[units.Length + 1];
        List<ScheduleHold> holds = [];
        foreach (PlannedUnit unit in units)
        {
            rank[unit.Index] = unit.Rank;
            priority[unit.Index] = unit.Definition.Priority;
            slots[unit.Index] = unit.Definition.Slots;
            AddHolds(unit.Definition, holds);
            dependencyStart[unit.Index + 1] = dependencyStart[unit.Index] + unit.Dependencies.Length;
            holdStart[unit.Index + 1] = holds.Count;
        }

        var dependencies = new Dependency[dependencyStart[units.Length]];
        foreach (PlannedUnit unit in units)
        {
            unit.Dependencies.CopyTo(dependencies, dependencyStart[unit.Index]);
        }

        return new ScheduleGraph
        {
            Rank = rank,
            Priority = priority,
            Slots = slots,
            DependencyStart = dependencyStart,
            Dependencies = dependencies,
            HoldStart = holdStart,
            Holds = [.. holds],
            ResourceParent = [.. names.Select(FindParent)],
            ResourceCapacity = [.. names.Select(name => capacities.GetValueOrDefault(name))],
            ResourceNames = [.. names],
        };
    }

    /// <summary>Claims first, then uses; what is named twice is held once, and tokens add up (rule 13).</summary>
    private void AddHolds(UnitDefinition unit, List<ScheduleHold> holds)
    {
        int first = holds.Count;
        foreach (string claim in unit.Claims)
        {
            int resource = Number(claim);
            if (Find(holds, first, resource) < 0)
            {
                holds.Add(new ScheduleHold(resource, HoldMode.Claim));
            }
        }

        foreach (ResourceUse use in unit.Uses)
        {
            int resource = Number(use.Resource);
            int tokens = capacities.GetValueOrDefault(use.Resource) > 0 ? use.Tokens : 0;
            int earlier = Find(holds, first, resource);
            if (earlier < 0)
            {
                holds.Add(new ScheduleHold(resource, HoldMode.Use, tokens));
            }
            else if (holds[earlier].Mode == HoldMode.Use)
            {
                holds[earlier] = holds[earlier] with { Tokens = holds[earlier].Tokens + tokens };
            }
        }
    }

    private static int Find(List<ScheduleHold> holds, int first, int resource)
    {
        for (int index = first; index < holds.Count; index++)
        {
            if (holds[index].Resource == resource)
            {
                return index;
            }
        }

        return -1;
    }

    private int Number(string resource)
    {
        if (!resources.TryGetValue(resource, out int index))
        {
            index = names.Count;
            resources.Add(resource, index);
            names.Add(resource);
        }

        return index;
    }

    private int FindParent(string name)
    {
        for (int end = name.LastIndexOf('/'); end > 0; end = name.LastIndexOf('/', end - 1))
        {
            if (resources.TryGetValue(name[..end], out int parent))
            {
                return parent;
            }
        }

        return -1;
    }
}

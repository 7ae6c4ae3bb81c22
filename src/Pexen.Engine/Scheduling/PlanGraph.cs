using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Pexen.Model;

namespace Pexen.Scheduling;

/// <summary>
/// Turns a plan into a <see cref="ScheduleGraph"/>, and what is added to the plan into more of it. What lies above a resource on its path is a
/// resource as well, whether anybody names it or not: so one that is named later never comes between two that are there.
/// </summary>
internal sealed class PlanGraph
{
    private readonly Dictionary<string, int> _resources = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _names = [];
    private readonly List<int> _parents = [];
    private readonly Dictionary<string, int> _capacities = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _groups = new(StringComparer.OrdinalIgnoreCase);
    private ScheduleGraph? _graph;

    private PlanGraph(Plan plan)
    {
        foreach (ResourceDefinition resource in plan.Resources)
        {
            _capacities[resource.Name] = resource.Capacity ?? 0;
        }

        foreach (GroupDefinition group in plan.Groups)
        {
            _groups.Add(group.Name, _groups.Count);
        }
    }

    public static ScheduleGraph Build(Plan plan)
    {
        var source = new PlanGraph(plan);
        return source._graph = source.BuildArrays(plan);
    }

    /// <summary>Takes in what was added to the plan.</summary>
    public void Extend(ScheduleGraph graph, PlanExtension extension)
    {
        foreach (ResourceDefinition resource in extension.Resources)
        {
            _capacities[resource.Name] = resource.Capacity ?? 0;
            if (_resources.TryGetValue(resource.Name, out int known))
            {
                graph.SetCapacity(known, resource.Capacity ?? 0);
            }
        }

        List<ScheduleHold> holds = [];
        foreach (PlannedUnit unit in extension.Units)
        {
            if (unit.Index != graph.UnitCount || unit.Rank != graph.UnitCount)
            {
                throw new ArgumentException($"unit '{unit.Name}' has index {unit.Index} and rank {unit.Rank}, but the next is {graph.UnitCount}", nameof(extension));
            }

            holds.Clear();
            AddHolds(unit.Definition, holds);
            graph.AddUnit(unit.Definition.Priority, unit.Definition.Slots, unit.Dependencies.AsSpan(), CollectionsMarshal.AsSpan(holds), GroupOf(unit.Definition.Group), TraitsOf(unit.Definition));
        }
    }

    private ScheduleGraph BuildArrays(Plan plan)
    {
        ImmutableArray<PlannedUnit> units = plan.Units;
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
            ResourceParent = [.. _parents],
            ResourceCapacity = [.. _names.Select(name => _capacities.GetValueOrDefault(name))],
            ResourceNames = _names,
            Groups = [.. plan.Groups.Select(group => new ScheduleGroup(group.MaxParallel ?? 0, group.Exclusive, GroupOf(group.Parent)))],
            GroupOfUnit = plan.Groups.IsEmpty ? [] : [.. units.Select(unit => GroupOf(unit.Definition.Group))],
            Traits = units.Any(unit => TraitsOf(unit.Definition) > UnitTraits.Milestone) ? [.. units.Select(unit => TraitsOf(unit.Definition))] : [],
            Source = this,
        };
    }

    private static UnitTraits TraitsOf(UnitDefinition unit) =>
        (unit.Service is not null ? UnitTraits.Service : UnitTraits.None)
        | (unit.Work is MilestoneWork ? UnitTraits.Milestone : UnitTraits.None)
        | (unit.Finalizes.IsEmpty ? UnitTraits.None : UnitTraits.Finalizer)
        | (unit.FinalizesOn == FinalizesOn.Failure ? UnitTraits.OnlyAfterFailure : UnitTraits.None);

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
            int tokens = _capacities.GetValueOrDefault(use.Resource) > 0 ? use.Tokens : 0;
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
        if (!_resources.TryGetValue(resource, out int index))
        {
            int end = resource.LastIndexOf('/');
            int parent = end > 0 ? Number(resource[..end]) : -1;
            if (_graph is null)
            {
                index = _names.Count;
                _names.Add(resource);
                _parents.Add(parent);
            }
            else
            {
                index = _graph.AddResource(resource, parent, _capacities.GetValueOrDefault(resource));
            }

            _resources.Add(resource, index);
        }

        return index;
    }

    private int GroupOf(string? group) => group is null ? -1 : _groups[group];
}

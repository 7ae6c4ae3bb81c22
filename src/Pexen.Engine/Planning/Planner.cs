using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>
/// Makes a plan of units, or finds all that stands against one. Pure: the same request gives the same result. Linear in units and edges.
/// Every run of the project is checked, because nothing may start while anything is wrong; only the one asked for is planned.
/// </summary>
internal sealed class Planner
{
    private readonly PlanRequest _request;
    private readonly DiagnosticList _problems = new();
    private readonly CapabilityIndex _capabilities;
    private readonly ResourceRules _resources;
    private readonly GroupRules _groups;
    private readonly UnmetRequirements _unmet;
    private readonly OnDemandUnits _onDemand;

    /// <summary>Place in a run of each unit of the project: -1 but while the graph of that run is built.</summary>
    private readonly int[] _placeOf;

    private Planner(PlanRequest request)
    {
        _request = request;
        _capabilities = new CapabilityIndex(request.Units);
        _resources = new ResourceRules(request.Resources, _problems);
        _groups = new GroupRules(request.Groups, _problems);
        _unmet = new UnmetRequirements(request.Units, _capabilities, _problems);
        _onDemand = new OnDemandUnits(request.Units, _capabilities);
        _placeOf = new int[request.Units.Length];
        Array.Fill(_placeOf, -1);
    }

    public static PlanResult Plan(PlanRequest request) => new Planner(request).Plan();

    private PlanResult Plan()
    {
        CheckNames();
        foreach (UnitDefinition unit in _request.Units)
        {
            _resources.Check(unit);
            _groups.Check(unit);
        }

        PropertyRules.Check(_request.Units, _problems);
        AffinityRules.Check(_request, _problems);
        FinalizerNames.Check(_request.Units, _problems);
        Dictionary<PhaseRun, int[]> runs = UnitsOfRuns();
        int[] candidates = runs[_request.Run];
        _onDemand.Narrow(runs);
        RunGraph graph = CheckAllRuns(runs);
        if (!_request.Selection.IsEmpty)
        {
            graph = Check(_request.Run, Selection.Choose(_request, _capabilities, candidates, _unmet, _problems));
        }

        CheckOutputs(runs.Values.Append(graph.Members));
        new EarlierRecords(_request, _capabilities, _onDemand, _problems).Check(graph);
        ReportUnused(graph);
        MemoryRules.Check(_request, graph.Members, _problems);
        Plan? plan = _problems.HasErrors ? null : MakePlan(graph);
        return new PlanResult(plan, _problems.ToImmutable());
    }

    private void CheckNames()
    {
        Dictionary<string, UnitDefinition> byName = new(_request.Units.Length, StringComparer.OrdinalIgnoreCase);
        foreach (UnitDefinition unit in _request.Units)
        {
            if (!byName.TryAdd(unit.Name, unit))
            {
                _problems.Add(Diagnostics.NameUsedTwice(byName[unit.Name], unit));
            }
        }
    }

    /// <summary>The graph of the run asked for.</summary>
    private RunGraph CheckAllRuns(Dictionary<PhaseRun, int[]> runs)
    {
        RunGraph? asked = null;
        foreach ((PhaseRun run, int[] members) in runs)
        {
            RunGraph graph = Check(run, members);
            asked = run == _request.Run ? graph : asked;
        }

        return asked!;
    }

    private RunGraph Check(PhaseRun run, int[] members)
    {
        RunGraph graph = new RunGraphBuilder(_request.Units, _capabilities, run, members, _placeOf, _unmet).Build();
        graph = FinalizerEdges.AddTo(graph, _request.Units);
        RunGraph circles = ServiceEnds.AddTo(graph, _request.Units);
        if (!ReadyOrder.HasOrder(circles))
        {
            ReportCycles(circles);
        }

        if (run.Phase.Equals(Phases.BeforeTest, StringComparison.OrdinalIgnoreCase))
        {
            TestServiceLocks.Check(graph, _request.Units, _resources, _problems);
            if (run.RunPer == RunPer.Project)
            {
                TestServiceLocks.CheckFrameworks(graph, _request.Units, _resources, _problems);
            }
        }
        else
        {
            ServiceLocks.Check(graph, _request.Units, _resources, _problems);
        }

        return graph;
    }

    /// <summary>In order of first mention; the run asked for is there even when it is empty.</summary>
    private Dictionary<PhaseRun, int[]> UnitsOfRuns()
    {
        Dictionary<PhaseRun, List<int>> runs = new() { [_request.Run] = [] };
        for (int unit = 0; unit < _request.Units.Length; unit++)
        {
            foreach (string phase in _request.Units[unit].Phases)
            {
                PhaseRun run = new(phase, _request.Units[unit].RunPer);
                if (!runs.TryGetValue(run, out List<int>? members))
                {
                    runs.Add(run, members = []);
                }

                members.Add(unit);
            }
        }

        return runs.ToDictionary(run => run.Key, run => run.Value.ToArray());
    }

    /// <summary>Of units on demand only those that are planned: of several that stand in for each other each may make the same file.</summary>
    private void CheckOutputs(IEnumerable<int[]> planned)
    {
        ImmutableArray<UnitDefinition> units = _request.Units;
        if (units.Any(unit => unit.OnDemand))
        {
            units = [.. planned.SelectMany(members => members).Distinct().Order().Select(unit => _request.Units[unit])];
        }

        OutputRules.Check(units, _request.ProjectDirectory, _problems);
    }

    private void ReportCycles(RunGraph graph)
    {
        foreach (Cycle cycle in new CycleFinder(graph).Find())
        {
            UnitDefinition first = _request.Units[graph.Members[cycle.Path[0]]];
            _problems.Add(Diagnostics.Cycle(first, cycle.Describe(graph, _request.Units), cycle.More));
        }
    }

    /// <summary>What the planned units provide and nobody in the project asks for. Own names are no promise to anybody.</summary>
    private void ReportUnused(RunGraph graph)
    {
        foreach (int member in graph.Members)
        {
            UnitDefinition unit = _request.Units[member];
            foreach (Capability capability in unit.Provides)
            {
                // What a service before tests provides they need.
                bool isForTests = unit.Service is not null && _request.Run.Phase.Equals(Phases.BeforeTest, StringComparison.OrdinalIgnoreCase);
                if (!isForTests && !capability.Name.Equals(unit.Name, StringComparison.OrdinalIgnoreCase) && !_capabilities.IsAskedFor(capability.Name))
                {
                    _problems.Add(Diagnostics.NeverRequired(unit, capability, _request.Strict));
                }
            }
        }
    }

    private Plan MakePlan(RunGraph graph)
    {
        int[] priorities = [.. graph.Members.Select(unit => _request.Units[unit].Priority)];
        double[] weights = ReadyOrder.Weights(_request.Units, graph.Members, _request.Durations);
        int[] ranks = ReadyOrder.Ranks(graph, priorities, weights);
        UnitDefinition[] inside = ExclusiveCompany.Join(graph, _request.Units, _groups);
        ImmutableArray<PlannedUnit>.Builder units = ImmutableArray.CreateBuilder<PlannedUnit>(graph.Members.Length);
        for (int member = 0; member < graph.Members.Length; member++)
        {
            units.Add(new PlannedUnit
            {
                Definition = Fitted(inside[member]),
                Index = member,
                Rank = ranks[member],
                Dependencies = [.. graph.EdgesOf(member)],
            });
        }

        ImmutableArray<PlannedUnit> planned = units.MoveToImmutable();
        return new Plan
        {
            Units = planned,
            Resources = AllResources(planned),
            Groups = _groups.All(_request.Groups),
            Presets = _request.Presets,
            Choices = _request.Explain ? new PlanChoices(_request, _capabilities, graph).Explain() : [],
        };
    }

    /// <summary>The unit as it can run here: slots clamped (rule 12), uses added up (rule 13), its group as that was declared.</summary>
    private UnitDefinition Fitted(UnitDefinition unit)
    {
        int slots = unit.Slots > 1 ? _groups.SlotsFor(unit.Group, _request.MaxParallel) : 1;
        if (unit.Slots > slots)
        {
            _problems.Add(Diagnostics.MoreSlotsThanThereAre(unit, slots));
            unit = unit with { Slots = slots };
        }

        if (unit.Group is not null)
        {
            unit = unit with { Group = _groups.Canonical(unit.Group) };
        }

        ImmutableArray<ResourceUse> uses = _resources.Merged(unit.Uses);
        return uses.Length == unit.Uses.Length ? unit : unit with { Uses = uses };
    }

    private ImmutableArray<ResourceDefinition> AllResources(ImmutableArray<PlannedUnit> units)
    {
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        ImmutableArray<ResourceDefinition>.Builder resources = ImmutableArray.CreateBuilder<ResourceDefinition>();
        resources.AddRange(_request.Resources.Where(resource => names.Add(resource.Name)));
        Dictionary<string, ResourceDefinition> declared = resources.ToDictionary(resource => resource.Name, StringComparer.OrdinalIgnoreCase);
        foreach (PlannedUnit unit in units)
        {
            foreach (string claim in unit.Definition.Claims)
            {
                AddNamed(claim);
            }

            foreach (ResourceUse use in unit.Definition.Uses)
            {
                AddNamed(use.Resource);
            }
        }

        return resources.DrainToImmutable();

        void AddNamed(string name)
        {
            if (names.Add(name))
            {
                resources.Add(new ResourceDefinition(name, null) { Scope = ResourcePath.NearestOf(name, declared)?.Scope ?? ResourceScope.Project });
            }
        }
    }
}

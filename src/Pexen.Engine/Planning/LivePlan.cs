using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>
/// A plan that grows while it runs (rule 32). Costs nothing until somebody adds; then it is indexed once, and an addition costs what it
/// brings with it: its own lines, the edges they make, and the units that wait for them.
/// </summary>
/// <param name="plan">What the run began with.</param>
/// <param name="maxParallel">Wider units are clamped, as in a plan.</param>
/// <param name="projectDirectory">Outputs are relative to it.</param>
/// <param name="maxAdded">How many units may be added in all.</param>
internal sealed class LivePlan(Plan plan, int maxParallel, string projectDirectory, int maxAdded = 10_000)
{
    private readonly List<Diagnostic> _found = [];
    private State? _state;

    /// <summary>Metadata that an added unit must not have; whoever reads its declaration reports it by <c>Diagnostics.NotOnAddedUnits</c>.</summary>
    public static IReadOnlyList<string> RefusedMetadata { get; } = ["Phase", "OnDemand", "RunPer"];

    /// <summary>All units, the added ones included.</summary>
    public int Count => _state?.Index.Count ?? plan.Units.Length;

    /// <summary>Adds the units together, or none of them: then it is null and <paramref name="problems"/> says for each reason why.</summary>
    /// <param name="writer">The unit that adds them; -1 if none does, then nobody who was there before waits for them, and problems are told as they are.</param>
    /// <param name="units">Read and checked one by one, as those of a project are.</param>
    /// <param name="hasStarted">Whether the unit of an index has started, ended, or will never start.</param>
    /// <param name="problems">PEX1013, and messages.</param>
    public PlanExtension? TryAdd(int writer, IReadOnlyList<UnitDefinition> units, Func<int, bool> hasStarted, ICollection<Diagnostic> problems)
    {
        _state ??= new State(plan, projectDirectory, _found);
        _found.Clear();
        LiveIndex index = _state.Index;
        int first = index.Count;
        ImmutableArray<ResourceDefinition> resources = [];
        ImmutableArray<AddedDependency> dependencies = [];
        if (first - plan.Units.Length + units.Count > maxAdded)
        {
            _found.Add(Diagnostics.TooManyAdded(units.Count, first - plan.Units.Length, maxAdded));
        }
        else
        {
            foreach (UnitDefinition unit in units)
            {
                Append(_state, unit);
            }

            new LiveRequirements(index, _found).Resolve(first);
            LiveJoin join = new(index, hasStarted, _found);
            dependencies = join.Join(writer, first);
            resources = _state.NewResources();
        }

        UnitDefinition? by = writer < 0 ? null : index.Definitions[writer];
        bool refused = _found.Exists(problem => problem.Severity == Severity.Error);
        foreach (Diagnostic problem in _found)
        {
            problems.Add(problem.Severity == Severity.Error && by is not null ? Diagnostics.AddedUnitRefused(by, problem) : problem);
        }

        if (refused)
        {
            index.TakeBack(first);
            _state.TakeBack();
            return null;
        }

        _state.Keep();
        return new PlanExtension { Units = index.Planned(first, by?.Name), Dependencies = dependencies, Resources = resources };
    }

    private void Append(State state, UnitDefinition unit)
    {
        if (unit.OnDemand)
        {
            _found.Add(Diagnostics.NotOnAddedUnits(unit.Name, "OnDemand", unit.Source));
        }

        if (unit.Service is not null || !unit.Finalizes.IsEmpty)
        {
            _found.Add(Diagnostics.NotOnAddedUnits(unit.Name, unit.Service is null ? "Finalizes" : "Service", unit.Source));
        }

        if (state.Index.Find(unit.Name) is int other and >= 0)
        {
            _found.Add(Diagnostics.NameUsedTwice(state.Index.Definitions[other], unit));
        }

        state.Resources.Check(unit);
        state.Groups.Check(unit);
        state.Outputs.Add(unit);
        int slots = unit.Slots > 1 ? state.Groups.SlotsFor(unit.Group, maxParallel) : 1;
        if (unit.Slots > slots)
        {
            _found.Add(Diagnostics.MoreSlotsThanThereAre(unit, slots));
            unit = unit with { Slots = slots };
        }

        if (unit.Group is not null)
        {
            unit = unit with { Group = state.Groups.Canonical(unit.Group) };
        }

        state.Name(unit);
        ImmutableArray<ResourceUse> uses = state.Resources.Merged(unit.Uses);
        state.Index.Append(uses.Length == unit.Uses.Length ? unit : unit with { Uses = uses });
    }

    /// <summary>What is made when the first unit is added.</summary>
    private sealed class State
    {
        private readonly Dictionary<string, ResourceDefinition> _resources = new(StringComparer.OrdinalIgnoreCase);
        private readonly List<ResourceDefinition> _newResources = [];

        public State(Plan plan, string projectDirectory, ICollection<Diagnostic> problems)
        {
            Index = new LiveIndex(plan);
            Resources = new ResourceRules(plan.Resources, problems);
            Groups = new GroupRules(plan.Groups, problems);
            Outputs = new LiveOutputs(projectDirectory, problems);
            foreach (ResourceDefinition resource in plan.Resources)
            {
                _resources.TryAdd(resource.Name, resource);
            }

            foreach (PlannedUnit unit in plan.Units)
            {
                Outputs.Add(unit.Definition);
            }

            Outputs.Keep();
        }

        public LiveIndex Index { get; }

        public ResourceRules Resources { get; }

        public GroupRules Groups { get; }

        public LiveOutputs Outputs { get; }

        /// <summary>Remembers the resources that the unit names.</summary>
        public void Name(UnitDefinition unit)
        {
            foreach (string name in unit.Claims.Concat(unit.Uses.Select(use => use.Resource)))
            {
                if (!_resources.ContainsKey(name))
                {
                    var resource = new ResourceDefinition(name, null) { Scope = ResourcePath.NearestOf(name, _resources)?.Scope ?? ResourceScope.Project };
                    _resources.Add(name, resource);
                    _newResources.Add(resource);
                }
            }
        }

        public ImmutableArray<ResourceDefinition> NewResources() => [.. _newResources];

        public void Keep()
        {
            _newResources.Clear();
            Outputs.Keep();
        }

        public void TakeBack()
        {
            _newResources.ForEach(resource => _resources.Remove(resource.Name));
            _newResources.Clear();
            Outputs.TakeBack();
        }
    }
}

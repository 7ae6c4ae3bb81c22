using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>
/// Who provides what, who asks for what, and who waits for whom, in lists that grow. What an addition put in is taken out again from the ends.
/// Every unit has a level higher than those of the units it waits for: while that holds there is no cycle.
/// </summary>
internal sealed class LiveIndex
{
    private readonly Dictionary<string, int> _byName;
    private readonly Dictionary<string, LiveCapability> _capabilities;
    private readonly Dictionary<string, LiveWish> _wishes = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<UnitDefinition> _definitions;
    private readonly List<List<Dependency>> _edges;
    private readonly List<List<int>> _dependents;
    private readonly List<AddedDependency> _joined = [];

    public LiveIndex(Plan plan)
    {
        int count = plan.Units.Length;
        _byName = new Dictionary<string, int>(count, StringComparer.OrdinalIgnoreCase);
        _capabilities = new Dictionary<string, LiveCapability>(count, StringComparer.OrdinalIgnoreCase);
        (_definitions, _edges, _dependents) = (new(count), new(count), new(count));
        foreach (PlannedUnit unit in plan.Units)
        {
            Append(unit.Definition);
            HasFinalizers |= !unit.Definition.Finalizes.IsEmpty;
        }

        foreach (PlannedUnit unit in plan.Units)
        {
            Connect(unit.Index, unit.Dependencies);
        }

        Levels = new LiveLevels(this);
    }

    public int Count => _definitions.Count;

    public IReadOnlyList<UnitDefinition> Definitions => _definitions;

    public LiveLevels Levels { get; }

    /// <summary>Whether there is a finalizer; none can join.</summary>
    public bool HasFinalizers { get; }

    /// <summary>Every name that is provided, for "did you mean".</summary>
    public IEnumerable<string> Names => _capabilities.Where(capability => capability.Value.Providers.Count > 0).Select(capability => capability.Key);

    /// <summary>What the unit waits for.</summary>
    public List<Dependency> EdgesOf(int unit) => _edges[unit];

    /// <summary>Who waits for the unit, once for each reason.</summary>
    public List<int> DependentsOf(int unit) => _dependents[unit];

    /// <summary>The unit of that name, or -1.</summary>
    public int Find(string name) => _byName.GetValueOrDefault(name, -1);

    public LiveCapability Capability(string name)
    {
        if (!_capabilities.TryGetValue(name, out LiveCapability? capability))
        {
            _capabilities.Add(name, capability = new LiveCapability());
        }

        return capability;
    }

    /// <summary>Distinct requirements are parsed once: what came by the supervisor's protocol has text and no range.</summary>
    public LiveWish Wish(Requirement requirement)
    {
        if (!_wishes.TryGetValue(requirement.Text, out LiveWish? wish))
        {
            if (requirement.Range is null && requirement.Text.Length > requirement.Name.Length)
            {
                RequirementText.ParseRequirement(requirement.Text, out requirement);
            }

            LiveCapability capability = Capability(requirement.Name);
            wish = new LiveWish(requirement.Range);
            _wishes.Add(requirement.Text, wish);
            capability.Wishes.Add(wish);
            capability.Providers.ForEach(wish.Offer);
        }

        return wish;
    }

    /// <summary>Puts a unit at the end, without its edges. A name that is there already stays with the one that has it.</summary>
    public void Append(UnitDefinition unit)
    {
        int number = Count;
        _definitions.Add(unit);
        _edges.Add([]);
        _dependents.Add([]);
        _byName.TryAdd(unit.Name, number);
        foreach (Capability provided in unit.Provides)
        {
            LiveCapability capability = Capability(provided.Name);
            Provider provider = new(number, provided.Version);
            capability.Providers.Add(provider);
            capability.Wishes.ForEach(wish => wish.Offer(provider));
        }

        foreach ((Requirement requirement, LiveAsker asker) in Asked(unit, number))
        {
            Wish(requirement).Askers.Add(asker);
        }
    }

    /// <summary>Makes the edges of a unit that has none yet.</summary>
    public void Connect(int unit, IEnumerable<Dependency> edges)
    {
        foreach (Dependency edge in edges)
        {
            _edges[unit].Add(edge);
            _dependents[edge.Unit].Add(unit);
        }
    }

    /// <summary>Makes a unit that was there before wait for one that is new.</summary>
    public void Join(AddedDependency added)
    {
        _joined.Add(added);
        Connect(added.Unit, [added.Dependency]);
    }

    /// <summary>The units from a number on, ranked behind all others (rule 9), as part of the plan. What they changed is kept.</summary>
    public ImmutableArray<PlannedUnit> Planned(int first, string? addedBy)
    {
        _joined.Clear();
        Levels.Keep();
        ImmutableArray<PlannedUnit>.Builder planned = ImmutableArray.CreateBuilder<PlannedUnit>(Count - first);
        for (int unit = first; unit < Count; unit++)
        {
            planned.Add(new PlannedUnit { Definition = _definitions[unit], Index = unit, Rank = unit, Dependencies = [.. _edges[unit]], AddedBy = addedBy });
        }

        return planned.MoveToImmutable();
    }

    /// <summary>Takes out the units from a number on and all that came with them, in the reverse of the order in which it came.</summary>
    public void TakeBack(int first)
    {
        Levels.TakeBack(first);
        for (int next = _joined.Count - 1; next >= 0; next--)
        {
            Disconnect(_joined[next].Unit);
        }

        _joined.Clear();
        for (int unit = Count - 1; unit >= first; unit--)
        {
            while (_edges[unit].Count > 0)
            {
                Disconnect(unit);
            }
        }

        for (int unit = Count - 1; unit >= first; unit--)
        {
            RemoveLast(unit);
        }
    }

    private void Disconnect(int unit)
    {
        List<int> dependents = _dependents[_edges[unit][^1].Unit];
        dependents.RemoveAt(dependents.Count - 1);
        _edges[unit].RemoveAt(_edges[unit].Count - 1);
    }

    private void RemoveLast(int unit)
    {
        UnitDefinition definition = _definitions[unit];
        foreach ((Requirement requirement, _) in Asked(definition, unit))
        {
            List<LiveAsker> askers = Wish(requirement).Askers;
            askers.RemoveAt(askers.Count - 1);
        }

        foreach (Capability provided in definition.Provides)
        {
            LiveCapability capability = Capability(provided.Name);
            capability.Providers.RemoveAt(capability.Providers.Count - 1);
            foreach (LiveWish wish in capability.Wishes)
            {
                if (wish.Matches.Count > 0 && wish.Matches[^1] == unit)
                {
                    wish.Matches.RemoveAt(wish.Matches.Count - 1);
                }
            }
        }

        if (_byName[definition.Name] == unit)
        {
            _byName.Remove(definition.Name);
        }

        _definitions.RemoveAt(unit);
        _edges.RemoveAt(unit);
        _dependents.RemoveAt(unit);
    }

    private static IEnumerable<(Requirement Requirement, LiveAsker Asker)> Asked(UnitDefinition unit, int number)
    {
        foreach (Requirement requirement in unit.Requires)
        {
            yield return (requirement, new LiveAsker(number, DependencyKind.Requires, 0));
        }

        for (int choice = 0; choice < unit.RequiresAny.Length; choice++)
        {
            foreach (Requirement alternative in unit.RequiresAny[choice].Alternatives)
            {
                yield return (alternative, new LiveAsker(number, DependencyKind.RequiresAny, choice));
            }
        }

        foreach (Requirement requirement in unit.After)
        {
            yield return (requirement, new LiveAsker(number, DependencyKind.After, 0));
        }
    }
}

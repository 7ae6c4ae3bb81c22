using Pexen.Model;
using Pexen.Scheduling;

namespace Pexen.Tests.Scheduling;

/// <summary>Graphs that are a function of a seed: from idle to crowded, flat to deep, with everything a unit can ask for.</summary>
internal static class RandomGraph
{
    private static readonly string[] Paths = ["a", "a/b", "a/b/c", "a/d", "e", "f", "f/0", "f/1", "g", "h"];

    public static ScheduleGraph Create(Random random, int units, bool groups = false, bool lifetimes = false)
    {
        ScheduleGroup[] declared = groups ? [.. Enumerable.Range(0, random.Next(1, 5)).Select(group =>
            new ScheduleGroup(random.Next(2) == 0 ? 0 : random.Next(1, 9), random.Next(3) == 0, random.Next(2) == 0 ? -1 : random.Next(-1, group)))] : [];
        int[] priorities = [.. Enumerable.Range(0, units).Select(_ => random.Next(10) < 7 ? 0 : random.Next(-1, 3))];
        int[] capacities = [.. Paths.Select(path => path is "f" or "g" || path == "e" && random.Next(2) == 0 ? random.Next(1, 5) : 0)];
        int paths = random.Next(1, Paths.Length + 1);
        int density = random.Next(0, 4);
        int wishes = random.Next(0, 4);
        List<Dependency> dependencies = [];
        List<ScheduleHold> holds = [];
        int[] dependencyStart = new int[units + 1];
        int[] holdStart = new int[units + 1];
        for (int unit = 0; unit < units; unit++)
        {
            AddDependencies(random, unit, density, dependencies);
            AddHolds(random, random.Next(wishes + 1), paths, capacities, Paths, holds);
            dependencyStart[unit + 1] = dependencies.Count;
            holdStart[unit + 1] = holds.Count;
        }

        UnitTraits[] traits = lifetimes ? RandomLifetimes.Give(random, units, dependencyStart, dependencies, out dependencies) : [];
        int[] salt = [.. Enumerable.Range(0, units).Select(_ => random.Next())];
        int[] order = [.. Enumerable.Range(0, units).OrderBy(unit => priorities[unit]).ThenBy(unit => salt[unit]).ThenBy(unit => unit)];
        int[] rank = new int[units];
        for (int place = 0; place < units; place++)
        {
            rank[order[place]] = place;
        }

        return new ScheduleGraph
        {
            Rank = rank,
            Priority = priorities,
            Slots = [.. Enumerable.Range(0, units).Select(_ => random.Next(5) == 0 ? random.Next(1, 5) : 1)],
            DependencyStart = dependencyStart,
            Dependencies = [.. dependencies],
            HoldStart = holdStart,
            Holds = [.. holds],
            ResourceParent = [.. Paths.Select(path => path.Contains('/') ? Array.IndexOf(Paths, path[..path.LastIndexOf('/')]) : -1)],
            ResourceCapacity = capacities,
            ResourceNames = [.. Paths],
            Traits = traits,
            Groups = declared,
            GroupOfUnit = groups ? [.. Enumerable.Range(0, units).Select(_ => random.Next(-1, declared.Length))] : [],
        };
    }

    /// <summary>One unit more for a graph that is being run. Only one that waits for nobody who has not started is waited for by those that were there before, as there would be cycles.</summary>
    public static void AddUnit(Random random, ScheduleGraph graph, Func<int, UnitState> stateOf, int before, List<AddedDependency> added)
    {
        int unit = graph.UnitCount;
        bool wanted = random.Next(2) == 0;
        List<Dependency> dependencies = [];
        AddDependencies(random, unit, random.Next(4), dependencies);
        dependencies.RemoveAll(need => need.Kind == DependencyKind.After && graph.TraitsOf(need.Unit) == UnitTraits.Service);
        if (wanted)
        {
            dependencies.RemoveAll(need => need.Unit >= before || stateOf(need.Unit) < UnitState.Running || stateOf(need.Unit) is UnitState.Outside or UnitState.Resting);
            foreach (int other in Enumerable.Range(0, before).Where(other => stateOf(other) is UnitState.Waiting or UnitState.Ready or UnitState.Outside or UnitState.Resting).Where(_ => random.Next(4) == 0))
            {
                var kind = (DependencyKind)random.Next(3);
                added.Add(new AddedDependency(other, new Dependency(unit, kind, kind == DependencyKind.RequiresAny ? random.Next(2) : 0)));
            }
        }

        if (random.Next(4) == 0)
        {
            int parent = random.Next(-1, graph.ResourceCount);
            bool alone = parent >= 0 && (graph.ResourceCapacity[parent] > 0 || graph.ResourceNames[parent].Length == 0);
            parent = alone ? -1 : parent;
            string name = $"new{graph.ResourceCount}";
            graph.AddResource(parent < 0 ? name : $"{graph.ResourceNames[parent]}/{name}", parent, random.Next(3) == 0 ? random.Next(1, 4) : 0);
        }

        List<ScheduleHold> holds = [];
        AddHolds(random, random.Next(4), graph.ResourceCount, [.. graph.ResourceCapacity], graph.ResourceNames, holds);
        graph.AddUnit(random.Next(3) == 0 ? random.Next(-2, 4) : 0, random.Next(1, 3), dependencies.ToArray(), holds.ToArray(), random.Next(-1, graph.Groups.Length));
    }

    private static void AddDependencies(Random random, int unit, int density, List<Dependency> dependencies)
    {
        HashSet<int> seen = [];
        for (int count = unit == 0 ? 0 : random.Next(density + 1); count > 0; count--)
        {
            int other = random.Next(unit);
            if (seen.Add(other))
            {
                var kind = (DependencyKind)random.Next(3);
                dependencies.Add(new Dependency(other, kind, kind == DependencyKind.RequiresAny ? random.Next(2) : 0));
            }
        }
    }

    private static void AddHolds(Random random, int count, int paths, int[] capacities, IReadOnlyList<string> names, List<ScheduleHold> holds)
    {
        int first = holds.Count;
        for (; count > 0; count--)
        {
            int resource = random.Next(paths);
            bool related = holds.Skip(first).Any(hold =>
                (names[hold.Resource] + "/").StartsWith(names[resource] + "/", StringComparison.Ordinal)
                || (names[resource] + "/").StartsWith(names[hold.Resource] + "/", StringComparison.Ordinal));
            if (!related && names[resource].Length > 0)
            {
                bool claim = random.Next(2) == 0;
                int tokens = capacities[resource] > 0 && !claim ? random.Next(1, capacities[resource] + 1) : 0;
                holds.Add(new ScheduleHold(resource, claim ? HoldMode.Claim : HoldMode.Use, tokens));
            }
        }
    }
}

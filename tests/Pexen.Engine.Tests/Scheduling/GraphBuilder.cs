using Pexen.Model;
using Pexen.Scheduling;

namespace Pexen.Tests.Scheduling;

/// <summary>Builds small graphs by name. Rank is by priority, then the order of mention.</summary>
internal sealed class GraphBuilder
{
    private readonly List<string> units = [];
    private readonly List<int> priorities = [];
    private readonly List<int> slots = [];
    private readonly List<List<Dependency>> dependencies = [];
    private readonly List<List<(string Path, HoldMode Mode, int Tokens)>> holds = [];
    private readonly List<string> resources = [];
    private readonly Dictionary<string, int> capacities = [];
    private readonly List<string> groupNames = [];
    private readonly List<ScheduleGroup> groups = [];
    private readonly List<int> groupOf = [];

    public GraphBuilder Resource(string path, int capacity = 0)
    {
        Number(path);
        capacities[path] = capacity;
        return this;
    }

    public GraphBuilder Group(string name, int max = 0, bool exclusive = false, string? inside = null)
    {
        groups.Add(new ScheduleGroup(max, exclusive, inside is null ? -1 : groupNames.IndexOf(inside)));
        groupNames.Add(name);
        return this;
    }

    /// <param name="requires">Names by blanks.</param>
    /// <param name="any">Entries by blanks, alternatives by bars.</param>
    /// <param name="uses">Paths by blanks, tokens after a star.</param>
    public GraphBuilder Unit(
        string name, string requires = "", string any = "", string after = "", string claims = "", string uses = "", int slots = 1, int priority = 0, string? group = null)
    {
        groupOf.Add(group is null ? -1 : groupNames.IndexOf(group));
        units.Add(name);
        priorities.Add(priority);
        this.slots.Add(slots);
        List<Dependency> needs = [];
        needs.AddRange(Split(requires).Select(other => new Dependency(units.IndexOf(other), DependencyKind.Requires)));
        needs.AddRange(Split(any).SelectMany((entry, choice) =>
            entry.Split('|').Select(other => new Dependency(units.IndexOf(other), DependencyKind.RequiresAny, choice))));
        needs.AddRange(Split(after).Select(other => new Dependency(units.IndexOf(other), DependencyKind.After)));
        dependencies.Add(needs);
        holds.Add([
            .. Split(claims).Select(path => (path, HoldMode.Claim, 0)),
            .. Split(uses).Select(use => use.Split('*')).Select(parts => (parts[0], HoldMode.Use, parts.Length > 1 ? int.Parse(parts[1]) : 1))]);
        return this;
    }

    public ScheduleGraph Build(int[]? rank = null)
    {
        ScheduleHold[][] held = [.. holds.Select(list => list.Select(hold => new ScheduleHold(Number(hold.Path), hold.Mode, hold.Tokens)).ToArray())];
        int[] order = [.. Enumerable.Range(0, units.Count).OrderBy(unit => priorities[unit]).ThenBy(unit => unit)];
        return new ScheduleGraph
        {
            Rank = rank ?? [.. Enumerable.Range(0, units.Count).Select(unit => Array.IndexOf(order, unit))],
            Priority = [.. priorities],
            Slots = [.. slots],
            DependencyStart = Starts(dependencies.Select(list => list.Count)),
            Dependencies = [.. dependencies.SelectMany(list => list)],
            HoldStart = Starts(held.Select(list => list.Length)),
            Holds = [.. held.SelectMany(list => list)],
            ResourceParent = [.. resources.Select(ParentOf)],
            ResourceCapacity = [.. resources.Select(path => capacities.GetValueOrDefault(path))],
            ResourceNames = [.. resources],
            Groups = [.. groups],
            GroupOfUnit = groups.Count > 0 ? [.. groupOf] : [],
        };
    }

    /// <summary>Says of a unit that it requires another that was mentioned later.</summary>
    public GraphBuilder Needs(string unit, string other)
    {
        dependencies[units.IndexOf(unit)].Add(new Dependency(units.IndexOf(other), DependencyKind.Requires));
        return this;
    }

    /// <summary>Gives a graph that was built the units named since then.</summary>
    public void Extend(ScheduleGraph graph)
    {
        for (int unit = graph.UnitCount; unit < units.Count; unit++)
        {
            ScheduleHold[] held = [.. holds[unit].Select(hold => new ScheduleHold(Number(hold.Path), hold.Mode, hold.Tokens))];
            foreach (string path in resources.Skip(graph.ResourceCount).ToArray())
            {
                graph.AddResource(path, ParentOf(path), capacities.GetValueOrDefault(path));
            }

            graph.AddUnit(priorities[unit], slots[unit], dependencies[unit].ToArray(), held, groupOf[unit]);
        }
    }

    public int IndexOf(string unit) => units.IndexOf(unit);

    public string NameOf(int unit) => unit < 0 ? "-" : units[unit];

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static int[] Starts(IEnumerable<int> counts)
    {
        List<int> starts = [0];
        foreach (int count in counts)
        {
            starts.Add(starts[^1] + count);
        }

        return [.. starts];
    }

    private int Number(string path)
    {
        if (!resources.Contains(path))
        {
            if (path.LastIndexOf('/') is > 0 and int end)
            {
                Number(path[..end]);
            }

            resources.Add(path);
        }

        return resources.IndexOf(path);
    }

    private int ParentOf(string path)
    {
        for (int end = path.LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1))
        {
            if (resources.IndexOf(path[..end]) is >= 0 and int parent)
            {
                return parent;
            }
        }

        return -1;
    }
}

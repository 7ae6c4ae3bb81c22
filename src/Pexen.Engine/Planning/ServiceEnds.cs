using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>
/// Rule 6 counts the use of a service: who comes after the end of a service, or cleans up after it, waits for all its users. To find such circles
/// a service that somebody waits for like that is two places in the graph, its start and its end.
/// </summary>
internal static class ServiceEnds
{
    /// <summary>The graph to look for circles in; the same one where nobody waits for the end of a service.</summary>
    public static RunGraph AddTo(RunGraph graph, ImmutableArray<UnitDefinition> units)
    {
        if (!ServiceUsers.AreThereAny(graph, units))
        {
            return graph;
        }

        Dictionary<int, int> ends = [];
        foreach (Dependency edge in graph.Edges)
        {
            if (edge.Kind is DependencyKind.After or DependencyKind.Finalizes && units[graph.Members[edge.Unit]].Service is not null)
            {
                ends.TryAdd(edge.Unit, graph.Members.Length + ends.Count);
            }
        }

        if (ends.Count == 0)
        {
            return graph;
        }

        List<Dependency> edges = new(graph.Edges.Length);
        int[] starts = new int[graph.Starts.Length + ends.Count];
        for (int member = 0; member < graph.Members.Length; member++)
        {
            foreach (Dependency edge in graph.EdgesOf(member))
            {
                bool ofTheEnd = edge.Kind is DependencyKind.After or DependencyKind.Finalizes && ends.ContainsKey(edge.Unit);
                edges.Add(ofTheEnd ? edge with { Unit = ends[edge.Unit] } : edge);
            }

            starts[member + 1] = edges.Count;
        }

        ServiceUsers users = new(graph, units);
        foreach ((int service, int end) in ends)
        {
            edges.Add(new Dependency(service, DependencyKind.Requires));
            edges.AddRange(users.AllFor(service).Select(user => new Dependency(user, DependencyKind.Serves)));
            starts[end + 1] = edges.Count;
        }

        return graph with { Members = [.. graph.Members, .. ends.Keys.Select(service => graph.Members[service])], Starts = starts, Edges = [.. edges] };
    }
}

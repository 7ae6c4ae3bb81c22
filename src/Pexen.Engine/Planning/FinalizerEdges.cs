using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>
/// Rule 24: a finalizer waits for the units it lists (<see cref="DependencyKind.Finalizes"/>) and for all planned units that need these, directly or
/// not (<see cref="DependencyKind.After"/>), its own dependents excepted. The edges are as many as units are waited for, finalizer by finalizer.
/// </summary>
internal static class FinalizerEdges
{
    public static RunGraph AddTo(RunGraph graph, ImmutableArray<UnitDefinition> units)
    {
        if (!graph.Members.Any(unit => !units[unit].Finalizes.IsEmpty))
        {
            return graph;
        }

        Dictionary<string, int> places = new(graph.Members.Length, StringComparer.OrdinalIgnoreCase);
        for (int member = 0; member < graph.Members.Length; member++)
        {
            places.TryAdd(units[graph.Members[member]].Name, member);
        }

        RunGraph listed = With(graph, member => Listed(units[graph.Members[member]], places));
        Dependents dependents = new(listed);
        return With(listed, member => units[graph.Members[member]].Finalizes.IsEmpty ? [] : Needing(listed, dependents, member));
    }

    private static IEnumerable<Dependency> Listed(UnitDefinition unit, Dictionary<string, int> places)
    {
        foreach (string name in unit.Finalizes)
        {
            if (places.TryGetValue(name, out int place))
            {
                yield return new Dependency(place, DependencyKind.Finalizes);
            }
        }
    }

    private static List<Dependency> Needing(RunGraph graph, Dependents dependents, int finalizer)
    {
        List<int> listed = [];
        HashSet<int> known = [finalizer];
        foreach (Dependency edge in graph.EdgesOf(finalizer))
        {
            if (edge.Kind == DependencyKind.Finalizes)
            {
                listed.Add(edge.Unit);
            }

            if (edge.Kind is DependencyKind.Finalizes or DependencyKind.After)
            {
                known.Add(edge.Unit);
            }
        }

        known.UnionWith(dependents.Closure([finalizer], onlyNeeds: false, _ => true));
        return [.. dependents.Closure(listed, onlyNeeds: true, _ => true).Where(known.Add).Select(unit => new Dependency(unit, DependencyKind.After))];
    }

    private static RunGraph With(RunGraph graph, Func<int, IEnumerable<Dependency>> more)
    {
        int[] starts = new int[graph.Starts.Length];
        List<Dependency> edges = new(graph.Edges.Length);
        for (int member = 0; member < graph.Members.Length; member++)
        {
            edges.AddRange(graph.EdgesOf(member));
            edges.AddRange(more(member));
            starts[member + 1] = edges.Count;
        }

        return graph with { Starts = starts, Edges = [.. edges] };
    }
}

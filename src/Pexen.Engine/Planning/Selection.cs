using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Rule 8: <c>PexenUnits</c> names units or capabilities, and brings what they require.</summary>
internal static class Selection
{
    /// <summary>Which units of the run are chosen, by place.</summary>
    public static bool[] Choose(
        PlanRequest request, CapabilityIndex capabilities, RunGraph graph, UnmetRequirements unmet, ICollection<Diagnostic> problems)
    {
        Stack<int> todo = new();
        Dictionary<int, int> placeOf = [];
        for (int member = 0; member < graph.Members.Length; member++)
        {
            placeOf.Add(graph.Members[member], member);
        }

        foreach (string name in request.Selection)
        {
            List<int> providers = [];
            int number = capabilities.Ask(name);
            foreach (Provider provider in number < 0 ? [] : capabilities.Providers(number))
            {
                providers.Add(provider.Unit);
            }

            // Units of the same phase that run the other number of times are chosen there, so that is no mistake here.
            if (!providers.Any(unit => request.Units[unit].Phases.Contains(request.Run.Phase, StringComparer.OrdinalIgnoreCase)))
            {
                IEnumerable<string> phases = providers.SelectMany(unit => request.Units[unit].Phases).Distinct(StringComparer.OrdinalIgnoreCase);
                problems.Add(Diagnostics.UnknownSelection(name, request.Run.Phase, phases, unmet.Meant(name), request.Project));
            }

            foreach (int unit in providers.Where(placeOf.ContainsKey))
            {
                todo.Push(placeOf[unit]);
            }
        }

        return WithWhatTheyRequire(graph, todo);
    }

    private static bool[] WithWhatTheyRequire(RunGraph graph, Stack<int> todo)
    {
        bool[] chosen = new bool[graph.Members.Length];
        while (todo.TryPop(out int member))
        {
            if (chosen[member])
            {
                continue;
            }

            chosen[member] = true;
            foreach (Dependency edge in graph.EdgesOf(member))
            {
                if (edge.Kind != DependencyKind.After)
                {
                    todo.Push(edge.Unit);
                }
            }
        }

        return chosen;
    }

    /// <summary>The graph of the chosen units alone; edges to others can only be soft, and go.</summary>
    public static RunGraph Narrow(RunGraph graph, bool[] chosen)
    {
        int[] placeOf = new int[chosen.Length];
        List<int> members = [];
        for (int member = 0; member < chosen.Length; member++)
        {
            placeOf[member] = chosen[member] ? members.Count : -1;
            if (chosen[member])
            {
                members.Add(member);
            }
        }

        List<Dependency> edges = [];
        int[] starts = new int[members.Count + 1];
        for (int place = 0; place < members.Count; place++)
        {
            foreach (Dependency edge in graph.EdgesOf(members[place]))
            {
                if (chosen[edge.Unit])
                {
                    edges.Add(edge with { Unit = placeOf[edge.Unit] });
                }
            }

            starts[place + 1] = edges.Count;
        }

        return new RunGraph(
            graph.Run,
            [.. members.Select(member => graph.Members[member])],
            starts,
            [.. edges],
            [.. graph.FromEarlier.Where(requirement => chosen[requirement.Member]).Select(requirement => requirement with { Member = placeOf[requirement.Member] })]);
    }
}

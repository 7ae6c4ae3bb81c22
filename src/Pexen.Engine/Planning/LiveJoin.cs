using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>
/// What added units mean for those that were there (rule 32): units that wait for the writer, directly or not, and ask for what a new unit
/// provides wait for that as well; nobody who has started may have asked for it; nobody may come to wait for itself.
/// </summary>
internal sealed class LiveJoin(LiveIndex index, Func<int, bool> hasStarted, ICollection<Diagnostic> problems)
{
    private readonly List<AddedDependency> _wanted = [];
    private readonly HashSet<(int Unit, int Provider)> _required = [];

    /// <summary>The new edges of units that were there before; the units from a number on are the new ones and have theirs.</summary>
    public ImmutableArray<AddedDependency> Join(int writer, int first)
    {
        bool circle = !index.Levels.Append(first);
        for (int unit = first; unit < index.Count; unit++)
        {
            LookForAskers(unit, first);
        }

        HashSet<int> waiting = WaitingFor(writer, [.. _wanted.Select(wanted => wanted.Unit)]);
        HashSet<AddedDependency> joined = [];
        foreach (AddedDependency added in _wanted.Where(wanted => waiting.Contains(wanted.Unit)))
        {
            bool softBesideHard = added.Dependency.Kind == DependencyKind.After && _required.Contains((added.Unit, added.Dependency.Unit));
            if (!softBesideHard && joined.Add(added))
            {
                index.Join(added);
                circle |= !circle && !index.Levels.Join(added, hasStarted);
            }
        }

        foreach (AddedDependency added in new LiveFinalizers(index, hasStarted).WaitingFor(first))
        {
            if (joined.Add(added))
            {
                circle |= !circle && !index.Levels.Join(added, hasStarted);
            }
        }

        if (circle)
        {
            ReportCircles(first);
        }

        return [.. joined];
    }

    private void LookForAskers(int unit, int first)
    {
        UnitDefinition definition = index.Definitions[unit];
        HashSet<string> refused = new(StringComparer.OrdinalIgnoreCase);
        foreach (Capability provided in definition.Provides)
        {
            Provider provider = new(unit, provided.Version);
            foreach (LiveWish wish in index.Capability(provided.Name).Wishes)
            {
                if (provider.Meets(wish.Range) && AskerThatStarted(wish, unit, first) is int started and >= 0 && refused.Add(provided.Name))
                {
                    problems.Add(Diagnostics.ProvidesWhatStartedUnitRequired(definition, provided, index.Definitions[started]));
                }
            }
        }
    }

    /// <summary>Notes all old units that ask and have not started; the first that has, or -1.</summary>
    private int AskerThatStarted(LiveWish wish, int unit, int first)
    {
        foreach (LiveAsker asker in wish.Askers)
        {
            if (asker.Unit >= first)
            {
                break;
            }

            if (!hasStarted(asker.Unit))
            {
                _wanted.Add(new AddedDependency(asker.Unit, new Dependency(unit, asker.Kind, asker.Choice)));
                if (asker.Kind == DependencyKind.Requires)
                {
                    _required.Add((asker.Unit, unit));
                }
            }
            else if (asker.Kind != DependencyKind.After)
            {
                return asker.Unit;
            }
        }

        return -1;
    }

    /// <summary>Which of these units wait for the writer, directly or not. Those close to it are found first, and then it ends.</summary>
    private HashSet<int> WaitingFor(int writer, HashSet<int> candidates)
    {
        HashSet<int> waiting = [];
        if (writer < 0)
        {
            return waiting;
        }

        HashSet<int> seen = [writer];
        Queue<int> todo = new([writer]);
        while (waiting.Count < candidates.Count && todo.TryDequeue(out int unit))
        {
            foreach (int dependent in index.DependentsOf(unit))
            {
                if (seen.Add(dependent))
                {
                    todo.Enqueue(dependent);
                    if (candidates.Contains(dependent))
                    {
                        waiting.Add(dependent);
                    }
                }
            }
        }

        return waiting;
    }

    /// <summary>Only now is it worth to look at all that the new units wait for.</summary>
    private void ReportCircles(int first)
    {
        Dictionary<int, int> places = [];
        Stack<int> todo = new(Enumerable.Range(first, index.Count - first));
        while (todo.TryPop(out int unit))
        {
            if ((unit >= first || !hasStarted(unit)) && places.TryAdd(unit, 0))
            {
                index.EdgesOf(unit).ForEach(edge => todo.Push(edge.Unit));
            }
        }

        int[] members = [.. places.Keys.Order()];
        for (int place = 0; place < members.Length; place++)
        {
            places[members[place]] = place;
        }

        int[] starts = new int[members.Length + 1];
        List<Dependency> edges = [];
        for (int place = 0; place < members.Length; place++)
        {
            edges.AddRange(index.EdgesOf(members[place]).Where(edge => places.ContainsKey(edge.Unit)).Select(edge => edge with { Unit = places[edge.Unit] }));
            starts[place + 1] = edges.Count;
        }

        RunGraph graph = new(new PhaseRun("", RunPer.Project), members, starts, [.. edges], []);
        foreach (Cycle cycle in new CycleFinder(graph).Find())
        {
            UnitDefinition shown = index.Definitions[members[cycle.Path[0]]];
            problems.Add(Diagnostics.Cycle(shown, cycle.Describe(graph, index.Definitions), cycle.More));
        }
    }
}

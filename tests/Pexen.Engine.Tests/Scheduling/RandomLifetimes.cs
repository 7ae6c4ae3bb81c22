using Pexen.Model;
using Pexen.Scheduling;

namespace Pexen.Tests.Scheduling;

/// <summary>Makes services, milestones and finalizers of some units of a random graph.</summary>
internal static class RandomLifetimes
{
    /// <param name="random">Where it comes from.</param>
    /// <param name="units">How many units.</param>
    /// <param name="starts">Where the edges of each begin.</param>
    /// <param name="edges">What each waits for: units before it.</param>
    /// <param name="withTraits">The edges with those of the finalizers.</param>
    public static UnitTraits[] Give(Random random, int units, int[] starts, List<Dependency> edges, out List<Dependency> withTraits)
    {
        UnitTraits[] traits = new UnitTraits[units];
        List<List<Dependency>> all = [];
        for (int unit = 0; unit < units; unit++)
        {
            traits[unit] = random.Next(10) switch { 0 or 1 => UnitTraits.Service, 2 or 3 => UnitTraits.Milestone, 4 => UnitTraits.Finalizer, 5 => UnitTraits.Finalizer | UnitTraits.OnlyAfterFailure, _ => UnitTraits.None };
            all.Add(edges.GetRange(starts[unit], starts[unit + 1] - starts[unit]));
            if ((traits[unit] & UnitTraits.Finalizer) != 0 && unit > 0)
            {
                Finalize(random, unit, all);
            }
        }

        if (HasCircle(all, traits))
        {
            all.ForEach(list => list.RemoveAll(edge => edge.Kind is DependencyKind.After or DependencyKind.Finalizes && traits[edge.Unit] == UnitTraits.Service));
        }

        starts[0] = 0;
        for (int unit = 0; unit < units; unit++)
        {
            starts[unit + 1] = starts[unit] + all[unit].Count;
        }

        withTraits = [.. all.SelectMany(list => list)];
        return traits;
    }

    private static void Finalize(Random random, int unit, List<List<Dependency>> all)
    {
        HashSet<int> listed = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(unit))];
        all[unit].AddRange(listed.Select(other => new Dependency(other, DependencyKind.Finalizes)));
        HashSet<int> needing = [.. listed];
        for (int other = 0; other < unit; other++)
        {
            if (all[other].Any(edge => edge.Kind is DependencyKind.Requires or DependencyKind.RequiresAny && needing.Contains(edge.Unit)) && needing.Add(other))
            {
                all[unit].Add(new Dependency(other, DependencyKind.After));
            }
        }
    }

    /// <summary>Who waits for the end of a service waits for all that it is up for.</summary>
    private static bool HasCircle(List<List<Dependency>> all, UnitTraits[] traits)
    {
        int count = all.Count;
        List<int>[] edges = [.. Enumerable.Range(0, count * 2).Select(_ => new List<int>())];
        for (int unit = 0; unit < count; unit++)
        {
            foreach (Dependency edge in all[unit])
            {
                bool need = edge.Kind is DependencyKind.Requires or DependencyKind.RequiresAny;
                edges[unit].Add(!need && traits[edge.Unit] == UnitTraits.Service ? count + edge.Unit : edge.Unit);
            }
        }

        for (int service = 0; service < count; service++)
        {
            if (traits[service] != UnitTraits.Service)
            {
                continue;
            }

            HashSet<int> users = [];
            for (int unit = service + 1; unit < count; unit++)
            {
                if (all[unit].Any(edge => edge.Kind is DependencyKind.Requires or DependencyKind.RequiresAny
                    && (edge.Unit == service || users.Contains(edge.Unit) && traits[edge.Unit] is UnitTraits.Service or UnitTraits.Milestone)))
                {
                    users.Add(unit);
                }
            }

            edges[count + service].AddRange(users);
            edges[count + service].AddRange(Enumerable.Range(0, count).Where(unit => all[unit].Any(edge => edge.Kind == DependencyKind.Finalizes && users.Contains(edge.Unit))
                && !all[unit].Any(edge => edge.Unit == service && edge.Kind is DependencyKind.Finalizes or DependencyKind.After)));
        }

        int[] mark = new int[count * 2];
        bool Visit(int node)
        {
            mark[node] = 1;
            bool circle = edges[node].Any(next => mark[next] == 1 || mark[next] == 0 && Visit(next));
            mark[node] = 2;
            return circle;
        }

        return Enumerable.Range(0, count * 2).Any(node => mark[node] == 0 && Visit(node));
    }
}

using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>
/// Rule 28: the services and finalizers of an exclusive group's members are inside. One that is in no group itself joins the innermost exclusive
/// group that all those are in whom it is there for.
/// </summary>
internal static class ExclusiveCompany
{
    /// <summary>The definitions of a run's units, with their groups.</summary>
    public static UnitDefinition[] Join(RunGraph graph, ImmutableArray<UnitDefinition> units, GroupRules groups)
    {
        UnitDefinition[] joined = Array.ConvertAll(graph.Members, unit => units[unit]);
        if (!groups.HasExclusive)
        {
            return joined;
        }

        // A service may be there for others, and a finalizer for services: those it is there for have their groups first.
        ServiceUsers users = new(graph, units);
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int member = 0; member < joined.Length; member++)
            {
                UnitDefinition unit = joined[member];
                if (unit.Group is not null || (unit.Service is null && unit.Finalizes.IsEmpty))
                {
                    continue;
                }

                IEnumerable<int> company = unit.Service is not null ? users.UsersOf(member) : Finalized(graph, member);
                if (groups.InnermostExclusive(company.Select(other => joined[other].Group)) is { } group)
                {
                    joined[member] = unit with { Group = group };
                    changed = true;
                }
            }
        }

        return joined;
    }

    private static List<int> Finalized(RunGraph graph, int finalizer)
    {
        List<int> finalized = [];
        foreach (Dependency edge in graph.EdgesOf(finalizer))
        {
            if (edge.Kind == DependencyKind.Finalizes)
            {
                finalized.Add(edge.Unit);
            }
        }

        return finalized;
    }
}

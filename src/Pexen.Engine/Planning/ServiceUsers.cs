using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>For whom a service is up (rule 26): the units that require it directly or through services and milestones, and their finalizers.</summary>
internal sealed class ServiceUsers(RunGraph graph, ImmutableArray<UnitDefinition> units)
{
    private readonly Dependents _dependents = new(graph);

    public static bool AreThereAny(RunGraph graph, ImmutableArray<UnitDefinition> units) => Array.Exists(graph.Members, unit => units[unit].Service is not null);

    /// <summary>Without the finalizers, in order of declaration.</summary>
    public SortedSet<int> UsersOf(int service) =>
        _dependents.Closure([service], onlyNeeds: true, member => units[graph.Members[member]] is { Service: not null } or { Work: MilestoneWork });

    /// <summary>With the finalizers of the users, but for those that wait for the end of the service itself.</summary>
    public SortedSet<int> AllFor(int service)
    {
        SortedSet<int> users = UsersOf(service);
        List<int> finalizers = [];
        foreach (int user in users)
        {
            foreach (Dependency edge in _dependents.Of(user))
            {
                if (edge.Kind == DependencyKind.Finalizes && !WaitsForTheEndOf(edge.Unit, service))
                {
                    finalizers.Add(edge.Unit);
                }
            }
        }

        users.UnionWith(finalizers);
        return users;
    }

    private bool WaitsForTheEndOf(int unit, int service)
    {
        foreach (Dependency edge in graph.EdgesOf(unit))
        {
            if (edge.Unit == service && edge.Kind is DependencyKind.Finalizes or DependencyKind.After)
            {
                return true;
            }
        }

        return false;
    }
}

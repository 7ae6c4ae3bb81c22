using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Rule 27: what a service holds while it is up, none of those that it is up for may want against it (PEX1012).</summary>
internal static class ServiceLocks
{
    public static void Check(RunGraph graph, ImmutableArray<UnitDefinition> units, ResourceRules resources, ICollection<Diagnostic> problems)
    {
        if (!ServiceUsers.AreThereAny(graph, units))
        {
            return;
        }

        ServiceUsers users = new(graph, units);
        Dictionary<int, List<int>> servicesOf = [];
        for (int service = 0; service < graph.Members.Length; service++)
        {
            UnitDefinition definition = units[graph.Members[service]];
            if (!HoldsAnything(definition))
            {
                continue;
            }

            foreach (int user in users.AllFor(service))
            {
                UnitDefinition unit = units[graph.Members[user]];
                if (resources.Conflict(unit, definition) is { } conflict)
                {
                    problems.Add(Diagnostics.LocksAgainstService(unit, conflict.Wanted, definition, conflict.Held, null));
                }

                if (!servicesOf.TryGetValue(user, out List<int>? services))
                {
                    servicesOf.Add(user, services = []);
                }

                services.Add(service);
            }
        }

        CheckPairs(graph, units, servicesOf, resources, problems);
    }

    /// <summary>Whether it is a service that holds something while it is up.</summary>
    public static bool HoldsAnything(UnitDefinition unit) => unit.Service is not null && !(unit.Claims.IsEmpty && unit.Uses.IsEmpty);

    /// <summary>Each pair of services once, at the first unit that needs both.</summary>
    private static void CheckPairs(
        RunGraph graph, ImmutableArray<UnitDefinition> units, Dictionary<int, List<int>> servicesOf, ResourceRules resources, ICollection<Diagnostic> problems)
    {
        HashSet<(int, int)> seen = [];
        foreach ((int user, List<int> services) in servicesOf)
        {
            for (int one = 0; one < services.Count; one++)
            {
                for (int other = one + 1; other < services.Count; other++)
                {
                    UnitDefinition first = units[graph.Members[services[one]]];
                    UnitDefinition second = units[graph.Members[services[other]]];
                    if (seen.Add((services[one], services[other])) && resources.Conflict(second, first) is { } conflict)
                    {
                        problems.Add(Diagnostics.LocksAgainstService(second, conflict.Wanted, first, conflict.Held, units[graph.Members[user]]));
                    }
                }
            }
        }
    }
}

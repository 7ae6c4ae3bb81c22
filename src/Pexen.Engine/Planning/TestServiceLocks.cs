using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>
/// Rule 27 in the phase before the tests: these need all services at once, until they have ended. So no other service may want what one of them holds, nor
/// a unit that the service does not wait for: it would come before the tests, if the service happens to start later, or never (PEX1012).
/// </summary>
internal static class TestServiceLocks
{
    public static void Check(RunGraph graph, ImmutableArray<UnitDefinition> units, ResourceRules resources, ICollection<Diagnostic> problems)
    {
        if (!ServiceUsers.AreThereAny(graph, units))
        {
            return;
        }

        ServiceUsers users = new(graph, units);
        for (int service = 0; service < graph.Members.Length; service++)
        {
            UnitDefinition holder = units[graph.Members[service]];
            if (!ServiceLocks.HoldsAnything(holder))
            {
                continue;
            }

            SortedSet<int> needing = users.AllFor(service);
            HashSet<int> before = AllBefore(graph, service);
            for (int other = 0; other < graph.Members.Length; other++)
            {
                UnitDefinition unit = units[graph.Members[other]];
                bool meets = unit switch
                {
                    { Service: not null } => other > service,
                    { Finalizes.IsEmpty: false } => needing.Contains(other),
                    _ => !before.Contains(other),
                };
                if (meets && resources.Conflict(unit, holder) is { } conflict)
                {
                    problems.Add(Diagnostics.LocksAgainstServiceOfTests(unit, conflict.Wanted, holder, conflict.Held));
                }
            }
        }
    }

    /// <summary>Units of the frameworks' runs come after the project's services have started, and before the tests or with them: none gets what such a service holds.</summary>
    /// <param name="graph">Of the project's run.</param>
    /// <param name="units">All.</param>
    /// <param name="resources">What conflicts.</param>
    /// <param name="problems">What is found is added here.</param>
    public static void CheckFrameworks(RunGraph graph, ImmutableArray<UnitDefinition> units, ResourceRules resources, ICollection<Diagnostic> problems)
    {
        var frameworks = new PhaseRun(Phases.BeforeTest, RunPer.TargetFramework);
        foreach (int member in graph.Members)
        {
            UnitDefinition holder = units[member];
            if (!ServiceLocks.HoldsAnything(holder))
            {
                continue;
            }

            foreach (UnitDefinition unit in units)
            {
                if (!unit.OnDemand && frameworks.Has(unit) && resources.Conflict(unit, holder) is { } conflict)
                {
                    problems.Add(Diagnostics.LocksAgainstServiceOfTests(unit, conflict.Wanted, holder, conflict.Held));
                }
            }
        }
    }

    /// <summary>All that a service waits for, directly or not.</summary>
    private static HashSet<int> AllBefore(RunGraph graph, int service)
    {
        HashSet<int> found = [service];
        Stack<int> open = new(found);
        while (open.TryPop(out int member))
        {
            foreach (Dependency edge in graph.EdgesOf(member))
            {
                if (found.Add(edge.Unit))
                {
                    open.Push(edge.Unit);
                }
            }
        }

        return found;
    }
}

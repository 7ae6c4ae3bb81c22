using Pexen.Model;

namespace Pexen.Planning;

/// <summary>What the planned units provide and nobody in the project asks for (PEX2001). Own names are no promise to anybody.</summary>
internal static class UnusedCapabilities
{
    public static void Report(PlanRequest request, RunGraph graph, ICollection<Diagnostic> problems)
    {
        HashSet<string> asked = AskedFor(request);
        foreach (int member in graph.Members)
        {
            UnitDefinition unit = request.Units[member];
            foreach (Capability capability in unit.Provides)
            {
                if (!asked.Contains(capability.Name) && !capability.Name.Equals(unit.Name, StringComparison.OrdinalIgnoreCase))
                {
                    problems.Add(Diagnostics.NeverRequired(unit, capability, request.Strict));
                }
            }
        }
    }

    private static HashSet<string> AskedFor(PlanRequest request)
    {
        HashSet<string> names = new(request.Selection, StringComparer.OrdinalIgnoreCase);
        foreach (UnitDefinition unit in request.Units)
        {
            foreach (Requirement requirement in unit.Requires)
            {
                names.Add(requirement.Name);
            }

            foreach (Requirement requirement in unit.RequiresAny.SelectMany(choice => choice.Alternatives).Concat(unit.After))
            {
                names.Add(requirement.Name);
            }
        }

        return names;
    }
}

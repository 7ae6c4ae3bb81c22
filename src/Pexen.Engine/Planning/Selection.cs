using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Rule 8: <c>PexenUnits</c> names units or capabilities, and brings what they require, and what cleans up after them.</summary>
internal static class Selection
{
    /// <summary>The chosen units of the run and what they bring, in order of declaration.</summary>
    public static int[] Choose(
        PlanRequest request, CapabilityIndex capabilities, IReadOnlyList<int> candidates, UnmetRequirements unmet, ICollection<Diagnostic> problems)
    {
        RunMembers members = new(request.Units, capabilities, candidates, new Membership[request.Units.Length], onlyWhatIsBrought: true);
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

            // A unit that is named is planned, on demand or not; of those that provide a capability of that name the usual ones are.
            foreach (int unit in providers.Where(unit => request.Units[unit].Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            {
                members.Bring(unit);
            }

            members.Bring([new Requirement(name, null, name)]);
        }

        members.BringFinalizers();
        return members.Finish();
    }
}

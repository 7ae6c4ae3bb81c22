using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>
/// Rule 5 over all runs of a project: which units on demand are planned in each. The last run comes first, so that what it requires of an
/// earlier one is known when the turn comes to that.
/// </summary>
internal sealed class OnDemandUnits(ImmutableArray<UnitDefinition> units, CapabilityIndex capabilities)
{
    private readonly Dictionary<PhaseRun, List<ImmutableArray<Requirement>>> _requiredLater = [];
    private readonly HashSet<(PhaseRun Run, int Unit)> _chosen = [];

    /// <summary>Whether a unit on demand is planned in that run.</summary>
    public bool IsChosen(PhaseRun run, int unit) => _chosen.Contains((run, unit));

    /// <summary>Takes from the units of each run those on demand that nobody asks for.</summary>
    public void Narrow(Dictionary<PhaseRun, int[]> runs)
    {
        if (!units.Any(unit => unit.OnDemand))
        {
            return;
        }

        Membership[] membership = new Membership[units.Length];
        foreach (PhaseRun run in runs.Keys.OrderByDescending(Phases.Place).ToList())
        {
            RunMembers members = new(units, capabilities, runs[run], membership);
            members.BringWhatIsRequired();
            foreach (ImmutableArray<Requirement> alternatives in _requiredLater.GetValueOrDefault(run, []))
            {
                members.Bring(alternatives);
            }

            runs[run] = members.Finish();
            _chosen.UnionWith(runs[run].Where(unit => units[unit].OnDemand).Select(unit => (run, unit)));
            AskEarlierRuns(run, members.Unmet);
        }
    }

    /// <summary>What a run cannot meet itself is required of the nearest earlier one that can (rule 7).</summary>
    private void AskEarlierRuns(PhaseRun run, List<ImmutableArray<Requirement>> unmet)
    {
        foreach (ImmutableArray<Requirement> alternatives in unmet)
        {
            if (Phases.SeenBy(run).FirstOrDefault(earlier => Provides(earlier, alternatives)) is { } asked)
            {
                if (!_requiredLater.TryGetValue(asked, out List<ImmutableArray<Requirement>>? required))
                {
                    _requiredLater.Add(asked, required = []);
                }

                required.Add(alternatives);
            }
        }
    }

    private bool Provides(PhaseRun run, ImmutableArray<Requirement> alternatives)
    {
        foreach (Requirement requirement in alternatives)
        {
            int name = capabilities.Find(requirement.Name);
            foreach (Provider provider in name < 0 ? [] : capabilities.Providers(name))
            {
                if (run.Has(units[provider.Unit]) && provider.Meets(requirement.Range))
                {
                    return true;
                }
            }
        }

        return false;
    }
}

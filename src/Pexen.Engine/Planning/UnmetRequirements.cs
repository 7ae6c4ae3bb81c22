using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Says what is wrong with a requirement that nothing in its own run meets, or that an earlier phase may meet it.</summary>
internal sealed class UnmetRequirements(ImmutableArray<UnitDefinition> units, CapabilityIndex capabilities, ICollection<Diagnostic> problems)
{
    /// <summary>Comparisons spent on "did you mean": a project that is wrong in every line is not worth more.</summary>
    private long _comparisonsLeft = 5_000_000;

    private readonly Dictionary<string, string?> _meant = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<PhaseRun, HashSet<PhaseRun>> _seen = [];
    private readonly Dictionary<(PhaseRun, int, string), Search> _kept = [];

    /// <summary>True: look at the records. False: it has been reported.</summary>
    public bool MayBeMetEarlier(PhaseRun run, UnitDefinition unit, string metadata, ImmutableArray<Requirement> alternatives)
    {
        Search elsewhere = Search.Nowhere;
        foreach (Requirement requirement in alternatives)
        {
            int name = capabilities.Find(requirement.Name);
            Search search = name < 0 ? Search.Nowhere : Find(run, name, requirement);
            if (search.Earlier)
            {
                return true;
            }

            elsewhere = elsewhere.Provider < 0 ? search : elsewhere;
        }

        if (elsewhere.Provider >= 0)
        {
            problems.Add(Diagnostics.OnlyLater(
                unit, metadata, string.Join('|', alternatives), run, units[elsewhere.Provider].Name, elsewhere.Run));
            return false;
        }

        foreach (Requirement requirement in alternatives)
        {
            int name = capabilities.Find(requirement.Name);
            problems.Add(name < 0
                ? Diagnostics.NothingProvides(unit, metadata, requirement.Text, Meant(requirement.Name))
                : Diagnostics.NoVersionMatches(unit, metadata, requirement, Versions(name)));
        }

        return false;
    }

    /// <summary>The nearest of all names, or null.</summary>
    public string? Meant(string name)
    {
        if (!_meant.TryGetValue(name, out string? meant))
        {
            meant = _comparisonsLeft > 0 ? NearestName.Find(name, Counted(capabilities.Names)) : null;
            _meant.Add(name, meant);
        }

        return meant;
    }

    private IEnumerable<string> Counted(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            _comparisonsLeft--;
            yield return name;
        }
    }

    private Search Find(PhaseRun run, int name, Requirement requirement)
    {
        (PhaseRun, int, string) key = (run, name, requirement.Range?.ToString() ?? "");
        if (!_kept.TryGetValue(key, out Search search))
        {
            search = Walk(run, capabilities.Providers(name), requirement);
            _kept.Add(key, search);
        }

        return search;
    }

    private Search Walk(PhaseRun run, ReadOnlySpan<Provider> providers, Requirement requirement)
    {
        if (!_seen.TryGetValue(run, out HashSet<PhaseRun>? seen))
        {
            seen = [.. Phases.SeenBy(run)];
            _seen.Add(run, seen);
        }

        Search elsewhere = Search.Nowhere;
        foreach (Provider provider in providers)
        {
            if (!provider.Meets(requirement.Range))
            {
                continue;
            }

            UnitDefinition unit = units[provider.Unit];
            foreach (string phase in unit.Phases)
            {
                PhaseRun there = new(phase, unit.RunPer);
                if (seen.Contains(there))
                {
                    return new Search(true, provider.Unit, there);
                }

                elsewhere = elsewhere.Provider < 0 ? new Search(false, provider.Unit, there) : elsewhere;
            }
        }

        return elsewhere;
    }

    private List<string> Versions(int name)
    {
        List<string> versions = [];
        foreach (Provider provider in capabilities.Providers(name))
        {
            versions.Add($"{provider.Version?.ToString() ?? "none given"} (unit {Diagnostics.Quote(units[provider.Unit].Name)})");
        }

        return versions;
    }

    /// <summary>Where a provider is: in a run that is seen, or else anywhere (-1: nowhere).</summary>
    private readonly record struct Search(bool Earlier, int Provider, PhaseRun Run)
    {
        public static Search Nowhere { get; } = new(false, -1, new PhaseRun("", RunPer.Project));
    }
}

using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Resolves what added units require over all units of the running plan, old and new. Earlier phases are not looked at.</summary>
internal sealed class LiveRequirements(LiveIndex index, ICollection<Diagnostic> problems)
{
    /// <summary>Comparisons spent on "did you mean": lines that are all wrong are not worth more.</summary>
    private long _comparisonsLeft = 1_000_000;

    private readonly HashSet<Dependency> _made = [];
    private readonly List<Dependency> _edges = [];

    /// <summary>Makes the edges of all units from a number on.</summary>
    public void Resolve(int first)
    {
        for (int unit = first; unit < index.Count; unit++)
        {
            _made.Clear();
            _edges.Clear();
            Resolve(unit, index.Definitions[unit]);
            index.Connect(unit, _edges);
        }
    }

    private void Resolve(int unit, UnitDefinition definition)
    {
        foreach (Requirement requirement in definition.Requires)
        {
            if (!AddEdges(unit, index.Wish(requirement).Matches, DependencyKind.Requires, 0))
            {
                Report(definition, "Requires", requirement);
            }
        }

        for (int choice = 0; choice < definition.RequiresAny.Length; choice++)
        {
            ImmutableArray<Requirement> alternatives = definition.RequiresAny[choice].Alternatives;
            List<int> matches = alternatives.Length == 1
                ? index.Wish(alternatives[0]).Matches
                : [.. alternatives.SelectMany(alternative => index.Wish(alternative).Matches)];
            if (!AddEdges(unit, matches, DependencyKind.RequiresAny, choice))
            {
                foreach (Requirement alternative in alternatives)
                {
                    Report(definition, "RequiresAny", alternative);
                }
            }
        }

        foreach (Requirement requirement in definition.After)
        {
            List<int> matches = index.Wish(requirement).Matches;

            // Units that use the service may come to wait for the new one, and the service ends after them.
            foreach (int service in matches.Where(match => index.Definitions[match].Service is not null))
            {
                problems.Add(Diagnostics.AddedAfterService(definition, index.Definitions[service]));
            }

            AddEdges(unit, matches, DependencyKind.After, 0);
        }
    }

    /// <summary>Edges to all matches, as in a plan: not to itself unless it is alone, none twice, no soft one where a hard one is. Whether there is any match.</summary>
    private bool AddEdges(int unit, List<int> matches, DependencyKind kind, int choice)
    {
        bool onlyItself = matches.TrueForAll(match => match == unit);
        foreach (int match in matches)
        {
            Dependency edge = new(match, kind, choice);
            bool softBesideHard = kind == DependencyKind.After && _made.Contains(new Dependency(match, DependencyKind.Requires));
            if ((match != unit || onlyItself) && !softBesideHard && _made.Add(edge))
            {
                _edges.Add(edge);
            }
        }

        return matches.Count > 0;
    }

    private void Report(UnitDefinition unit, string metadata, Requirement requirement)
    {
        List<Provider> providers = index.Capability(requirement.Name).Providers;
        problems.Add(providers.Count == 0
            ? Diagnostics.NothingProvides(unit, metadata, requirement.Text, NearestName.Find(requirement.Name, Counted(index.Names)))
            : Diagnostics.NoVersionMatches(
                unit,
                metadata,
                requirement,
                providers.Select(provider => $"{provider.Version?.ToString() ?? "none given"} (unit {Diagnostics.Quote(index.Definitions[provider.Unit].Name)})")));
    }

    private IEnumerable<string> Counted(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            if (_comparisonsLeft-- < 0)
            {
                yield break;
            }

            yield return name;
        }
    }
}

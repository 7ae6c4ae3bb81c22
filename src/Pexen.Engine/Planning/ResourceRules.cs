using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Rules 12 and 13: what units ask of resources, against what is declared.</summary>
internal sealed class ResourceRules
{
    private readonly Dictionary<string, int> _capacities = new(StringComparer.OrdinalIgnoreCase);
    private readonly ICollection<Diagnostic> _problems;

    public ResourceRules(ImmutableArray<ResourceDefinition> resources, ICollection<Diagnostic> problems)
    {
        _problems = problems;
        foreach (ResourceDefinition resource in resources.Where(resource => resource.Capacity is not null))
        {
            _capacities.TryAdd(resource.Name, resource.Capacity!.Value);
        }

        foreach (ResourceDefinition resource in resources)
        {
            CheckParents($"Resource {Diagnostics.Quote(resource.Name)}", resource.Name, null, resource.Source);
        }
    }

    public void Check(UnitDefinition unit)
    {
        if (unit.Claims.IsEmpty && unit.Uses.IsEmpty)
        {
            return;
        }

        string subject = $"Unit {Diagnostics.Quote(unit.Name)}";
        foreach (string name in unit.Claims.Concat(unit.Uses.Select(use => use.Resource)).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            CheckParents(subject, name, unit.Name, unit.Source);
        }

        foreach (ResourceUse use in Merged(unit.Uses))
        {
            CheckTokens(unit, use);
        }

        CheckClaimedAndUsed(unit);
    }

    /// <summary>The uses as the scheduler wants them: each resource once, tokens added up (rule 13).</summary>
    public ImmutableArray<ResourceUse> Merged(ImmutableArray<ResourceUse> uses)
    {
        if (uses.Length < 2)
        {
            return uses;
        }

        Dictionary<string, int> places = new(StringComparer.OrdinalIgnoreCase);
        List<ResourceUse> merged = [];
        foreach (ResourceUse use in uses)
        {
            if (places.TryAdd(use.Resource, merged.Count))
            {
                merged.Add(use);
                continue;
            }

            int place = places[use.Resource];
            int sum = (int)Math.Min((long)merged[place].Tokens + use.Tokens, int.MaxValue);

            // Without a capacity there are no tokens: used twice is used. A number somebody wrote stays, to be reported.
            int tokens = _capacities.ContainsKey(use.Resource) ? sum : Math.Max(merged[place].Tokens, use.Tokens);
            merged[place] = merged[place] with { Tokens = tokens };
        }

        return [.. merged];
    }

    private void CheckTokens(UnitDefinition unit, ResourceUse use)
    {
        if (!_capacities.TryGetValue(use.Resource, out int capacity))
        {
            if (use.Tokens > 1)
            {
                _problems.Add(Diagnostics.TokensOfUncounted(unit, use.Resource, use.Tokens));
            }
        }
        else if (use.Tokens > capacity)
        {
            _problems.Add(Diagnostics.MoreTokensThanThereAre(unit, use.Resource, use.Tokens, capacity));
        }
    }

    private void CheckParents(string subject, string name, string? unit, SourceLocation? source)
    {
        if (_capacities.Count > 0 && Parents(name).FirstOrDefault(_capacities.ContainsKey) is { } counted)
        {
            _problems.Add(Diagnostics.ChildOfCounted(subject, name, counted, unit, source));
        }
    }

    private void CheckClaimedAndUsed(UnitDefinition unit)
    {
        if (unit.Claims.IsEmpty || unit.Uses.IsEmpty)
        {
            return;
        }

        HashSet<string> claims = new(unit.Claims, StringComparer.OrdinalIgnoreCase);
        HashSet<string> uses = new(unit.Uses.Select(use => use.Resource), StringComparer.OrdinalIgnoreCase);
        foreach (string use in uses)
        {
            if (Parents(use).Prepend(use).FirstOrDefault(claims.Contains) is { } claim)
            {
                _problems.Add(Diagnostics.ClaimedAndUsed(unit, claim, use));
            }
        }

        foreach (string claim in claims)
        {
            if (Parents(claim).FirstOrDefault(uses.Contains) is { } use)
            {
                _problems.Add(Diagnostics.ClaimedAndUsed(unit, claim, use));
            }
        }
    }

    /// <summary><c>net/ipv4/tcp</c> lies below <c>net/ipv4</c> and <c>net</c>.</summary>
    private static IEnumerable<string> Parents(string name)
    {
        for (int slash = name.LastIndexOf('/'); slash > 0; slash = name.LastIndexOf('/', slash - 1))
        {
            yield return name[..slash];
        }
    }
}

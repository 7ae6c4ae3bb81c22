using System.Collections.Immutable;
using Pexen.Model;
using Pexen.Values;

namespace Pexen.Planning;

/// <summary>Rules 12 and 13: what units ask of resources, against what is declared.</summary>
internal sealed class ResourceRules
{
    /// <summary>Up to here comparing every pair is quicker than a set.</summary>
    private const int FewPairs = 64;

    private readonly Dictionary<string, int> _capacities = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Paths like <c>gpu/0</c>: the only children of counted resources.</summary>
    private readonly HashSet<string> _instances = new(StringComparer.OrdinalIgnoreCase);
    private readonly ICollection<Diagnostic> _problems;

    public ResourceRules(ImmutableArray<ResourceDefinition> resources, ICollection<Diagnostic> problems)
    {
        _problems = problems;
        foreach (ResourceDefinition resource in resources.Where(resource => resource.Capacity is not null))
        {
            _capacities.TryAdd(resource.Name, resource.Capacity!.Value);
            _instances.UnionWith(resource.Instances.Select(instance => $"{resource.Name}/{instance}"));
        }

        CheckVariables(resources);

        // A counted instance would be a counted resource below another.
        _instances.ExceptWith(_capacities.Keys);
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

        if (_capacities.Count > 0)
        {
            CheckParentsOfAll(unit);
        }

        foreach (ResourceUse use in Merged(unit.Uses))
        {
            CheckTokens(unit, use);
        }

        CheckClaimedAndUsed(unit);
    }

    private void CheckParentsOfAll(UnitDefinition unit)
    {
        string subject = $"Unit {Diagnostics.Quote(unit.Name)}";
        foreach (string name in unit.Claims.Concat(unit.Uses.Select(use => use.Resource)).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            CheckParents(subject, name, unit.Name, unit.Source);
        }
    }

    /// <summary>The uses as the scheduler wants them: each resource once, tokens added up (rule 13).</summary>
    public ImmutableArray<ResourceUse> Merged(ImmutableArray<ResourceUse> uses)
    {
        if (uses.Length < 2 || (uses.Length == 2 && !uses[0].Resource.Equals(uses[1].Resource, StringComparison.OrdinalIgnoreCase)))
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

    /// <summary>What one unit wants that it cannot have while another holds what it holds, or null (rule 13).</summary>
    public (string Wanted, string Held)? Conflict(UnitDefinition unit, UnitDefinition holder)
    {
        foreach (string claim in unit.Claims)
        {
            foreach (string held in holder.Claims.Concat(holder.Uses.Select(use => use.Resource)))
            {
                if (ResourcePath.AreOnOnePath(claim, held))
                {
                    return (claim, held);
                }
            }
        }

        foreach (ResourceUse use in Merged(unit.Uses))
        {
            foreach (string held in holder.Claims)
            {
                if (ResourcePath.AreOnOnePath(use.Resource, held))
                {
                    return (use.Resource, held);
                }
            }

            foreach (ResourceUse held in Merged(holder.Uses))
            {
                bool same = held.Resource.Equals(use.Resource, StringComparison.OrdinalIgnoreCase);
                if (same && _capacities.TryGetValue(use.Resource, out int capacity) && (long)held.Tokens + use.Tokens > capacity)
                {
                    return (use.Resource, held.Resource);
                }
            }
        }

        return null;
    }

    /// <summary>Which instances a unit has it is told by one variable for each resource.</summary>
    private void CheckVariables(ImmutableArray<ResourceDefinition> resources)
    {
        Dictionary<string, string>? names = null;
        foreach (ResourceDefinition resource in resources.Where(resource => !resource.Instances.IsEmpty))
        {
            names ??= [];
            string variable = InstanceVariable.NameOf(resource.Name);
            if (!names.TryAdd(variable, resource.Name))
            {
                _problems.Add(Diagnostics.InstancesOfOneVariable(resource, names[variable], variable));
            }
        }
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
        if (_capacities.Count > 0 && !_instances.Contains(name) && ResourcePath.Parents(name).FirstOrDefault(_capacities.ContainsKey) is { } counted)
        {
            _problems.Add(Diagnostics.ChildOfCounted(subject, name, counted, InstancesOf(counted), unit, source));
        }
    }

    private IEnumerable<string> InstancesOf(string counted) =>
        _instances.Where(instance => ResourcePath.IsAbove(counted, instance)).Order(StringComparer.OrdinalIgnoreCase);

    private void CheckClaimedAndUsed(UnitDefinition unit)
    {
        if ((long)unit.Claims.Length * unit.Uses.Length > FewPairs)
        {
            CheckManyClaimedAndUsed(unit);
            return;
        }

        foreach (string claim in unit.Claims)
        {
            foreach (ResourceUse use in unit.Uses)
            {
                if (ResourcePath.AreOnOnePath(claim, use.Resource))
                {
                    _problems.Add(Diagnostics.ClaimedAndUsed(unit, claim, use.Resource));
                }
            }
        }
    }

    /// <summary>The same without looking at every pair.</summary>
    private void CheckManyClaimedAndUsed(UnitDefinition unit)
    {
        HashSet<string> claims = new(unit.Claims, StringComparer.OrdinalIgnoreCase);
        HashSet<string> uses = new(unit.Uses.Select(use => use.Resource), StringComparer.OrdinalIgnoreCase);
        foreach (string use in uses)
        {
            if (ResourcePath.Parents(use).Prepend(use).FirstOrDefault(claims.Contains) is { } claim)
            {
                _problems.Add(Diagnostics.ClaimedAndUsed(unit, claim, use));
            }
        }

        foreach (string claim in claims)
        {
            if (ResourcePath.Parents(claim).FirstOrDefault(uses.Contains) is { } use)
            {
                _problems.Add(Diagnostics.ClaimedAndUsed(unit, claim, use));
            }
        }
    }
}

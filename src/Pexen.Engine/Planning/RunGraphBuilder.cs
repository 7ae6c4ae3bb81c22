using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Resolves the requirements of one run's units into edges. One pass, each edge made once.</summary>
internal sealed class RunGraphBuilder
{
    /// <summary>Beyond this many providers of a name the answer is kept: many units that ask for it must not walk them all in vain.</summary>
    private const int WorthKeeping = 8;

    private readonly ImmutableArray<UnitDefinition> _units;
    private readonly CapabilityIndex _capabilities;
    private readonly UnmetRequirements _unmet;
    private readonly PhaseRun _run;
    private readonly int[] _members;

    /// <summary>Place in the run of each unit of the project, or -1.</summary>
    private readonly int[] _placeOf;

    /// <summary>The last requirement or choice that made an edge to this unit: what makes edges distinct without hashing.</summary>
    private readonly long[] _edgeMadeFor;

    /// <summary>The stamp of the last unit that requires this one.</summary>
    private readonly long[] _requiredBy;
    private readonly Dictionary<(int Name, string Range), int[]> _kept = [];
    private readonly List<Dependency> _edges;
    private readonly List<EarlierRequirement> _fromEarlier = [];
    private readonly List<int> _matches = [];
    private long _stamp;

    /// <param name="units">All units of the project.</param>
    /// <param name="capabilities">Who provides what.</param>
    /// <param name="run">The run to build.</param>
    /// <param name="members">Its units, in order of declaration.</param>
    /// <param name="placeOf">As many entries as units, all -1; left so.</param>
    /// <param name="unmet">Finds out about requirements that nothing in the run meets.</param>
    public RunGraphBuilder(
        ImmutableArray<UnitDefinition> units, CapabilityIndex capabilities, PhaseRun run, int[] members, int[] placeOf, UnmetRequirements unmet)
    {
        (_units, _capabilities, _run, _members, _placeOf, _unmet) = (units, capabilities, run, members, placeOf, unmet);
        _edgeMadeFor = new long[members.Length];
        _requiredBy = new long[members.Length];
        _edges = new List<Dependency>(members.Length * 2);
    }

    public RunGraph Build()
    {
        for (int member = 0; member < _members.Length; member++)
        {
            _placeOf[_members[member]] = member;
        }

        int[] starts = new int[_members.Length + 1];
        for (int member = 0; member < _members.Length; member++)
        {
            AddEdgesOf(member, _units[_members[member]]);
            starts[member + 1] = _edges.Count;
        }

        foreach (int unit in _members)
        {
            _placeOf[unit] = -1;
        }

        return new RunGraph(_run, _members, starts, [.. _edges], _fromEarlier);
    }

    private void AddEdgesOf(int member, UnitDefinition unit)
    {
        _stamp++;
        long requires = _stamp;
        foreach (Requirement requirement in unit.Requires)
        {
            _matches.Clear();
            if (Match(requirement))
            {
                AddEdges(member, DependencyKind.Requires, 0);
            }
            else if (_unmet.MayBeMetEarlier(_run, unit, "Requires", [requirement]))
            {
                _fromEarlier.Add(new EarlierRequirement(member, "Requires", [requirement], requirement.Text));
            }
        }

        for (int choice = 0; choice < unit.RequiresAny.Length; choice++)
        {
            AddChoice(member, unit, unit.RequiresAny[choice], choice);
        }

        AddSoftEdges(member, unit, requires);
    }

    private void AddChoice(int member, UnitDefinition unit, RequirementChoice choice, int number)
    {
        _stamp++;
        _matches.Clear();
        foreach (Requirement alternative in choice.Alternatives)
        {
            Match(alternative);
        }

        AddEdges(member, DependencyKind.RequiresAny, number);
        if (_matches.Count == 0 && _unmet.MayBeMetEarlier(_run, unit, "RequiresAny", choice.Alternatives))
        {
            _fromEarlier.Add(new EarlierRequirement(member, "RequiresAny", choice.Alternatives, choice.ToString()));
        }
    }

    /// <summary>What is required has ended by then in any case.</summary>
    private void AddSoftEdges(int member, UnitDefinition unit, long requires)
    {
        _stamp++;
        foreach (Requirement requirement in unit.After)
        {
            _matches.Clear();
            Match(requirement);
            bool others = _matches.Exists(place => place != member);
            _matches.RemoveAll(place => _requiredBy[place] == requires || (others && place == member));
            AddEdges(member, DependencyKind.After, 0);
        }
    }

    /// <summary>Edges to all matches. A unit that itself matches is no provider for itself, unless it is the only one (rule 6).</summary>
    private void AddEdges(int member, DependencyKind kind, int choice)
    {
        bool onlyItself = _matches.TrueForAll(place => place == member);
        foreach (int place in _matches)
        {
            if (_edgeMadeFor[place] != _stamp && (place != member || onlyItself))
            {
                _edgeMadeFor[place] = _stamp;
                _edges.Add(new Dependency(place, kind, choice));
                if (kind == DependencyKind.Requires)
                {
                    _requiredBy[place] = _stamp;
                }
            }
        }
    }

    /// <summary>Adds the units of this run that meet the requirement to <see cref="_matches"/>; whether there are any.</summary>
    private bool Match(Requirement requirement)
    {
        int name = _capabilities.Ask(requirement.Name);
        if (name < 0)
        {
            return false;
        }

        int before = _matches.Count;
        ReadOnlySpan<Provider> providers = _capabilities.Providers(name);
        if (providers.Length <= WorthKeeping)
        {
            AddMatches(providers, requirement);
        }
        else if (_kept.TryGetValue((name, requirement.Range?.ToString() ?? ""), out int[]? kept))
        {
            _matches.AddRange(kept);
        }
        else
        {
            AddMatches(providers, requirement);
            _kept.Add((name, requirement.Range?.ToString() ?? ""), [.. _matches.Skip(before)]);
        }

        return _matches.Count > before;
    }

    private void AddMatches(ReadOnlySpan<Provider> providers, Requirement requirement)
    {
        foreach (Provider provider in providers)
        {
            int place = _placeOf[provider.Unit];

            // A unit that provides several versions is one provider; its entries lie side by side.
            if (place >= 0 && provider.Meets(requirement.Range) && (_matches.Count == 0 || _matches[^1] != place))
            {
                _matches.Add(place);
            }
        }
    }
}

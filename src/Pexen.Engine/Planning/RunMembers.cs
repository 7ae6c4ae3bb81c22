using System.Collections.Immutable;
using NuGet.Versioning;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>
/// Which units of one run are planned: those that are not on demand, or only those that were selected, and whatever these bring with them
/// (rules 5 and 8). Requirements are resolved in order of declaration, those of a unit that is brought in before the next one.
/// Each distinct requirement walks its providers once.
/// </summary>
internal sealed class RunMembers
{
    private const int Nobody = -1;
    private const int SomebodyOutside = -2;

    private readonly ImmutableArray<UnitDefinition> _units;
    private readonly CapabilityIndex _capabilities;
    private readonly IReadOnlyList<int> _candidates;
    private readonly Membership[] _membership;

    /// <summary>By the text of a requirement: a planned unit that meets it, or <see cref="Nobody"/>.</summary>
    private readonly Dictionary<string, int> _met = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Units whose requirements are being resolved, and how far: no recursion, for chains may be long.</summary>
    private readonly Stack<(int Unit, int Next)> _open = new();
    private readonly List<int> _brought = [];

    /// <param name="units">All units of the project.</param>
    /// <param name="capabilities">Who provides what.</param>
    /// <param name="candidates">The units of the run, in order of declaration.</param>
    /// <param name="membership">As many entries as units, all <see cref="Membership.Elsewhere"/>; left so.</param>
    /// <param name="onlyWhatIsBrought">Whether units that are not on demand, too, are planned only when somebody brings them.</param>
    public RunMembers(
        ImmutableArray<UnitDefinition> units, CapabilityIndex capabilities, IReadOnlyList<int> candidates, Membership[] membership, bool onlyWhatIsBrought = false)
    {
        (_units, _capabilities, _candidates, _membership) = (units, capabilities, candidates, membership);
        foreach (int unit in candidates)
        {
            membership[unit] = onlyWhatIsBrought || units[unit].OnDemand ? Membership.Possible : Membership.Planned;
        }
    }

    /// <summary>What no unit of the run provides, in the order in which it was asked for.</summary>
    public List<ImmutableArray<Requirement>> Unmet { get; } = [];

    /// <summary>Resolves what the units ask for that are planned in any case.</summary>
    public void BringWhatIsRequired()
    {
        foreach (int unit in _candidates)
        {
            if (_membership[unit] == Membership.Planned)
            {
                _open.Push((unit, 0));
                ResolveOpen();
            }
        }
    }

    /// <summary>Plans a unit and what it requires.</summary>
    public void Bring(int unit)
    {
        if (_membership[unit] == Membership.Possible)
        {
            _membership[unit] = Membership.Planned;
            _open.Push((unit, 0));
            ResolveOpen();
        }
    }

    /// <summary>Plans what somebody outside of the run requires of it.</summary>
    public void Bring(ImmutableArray<Requirement> alternatives)
    {
        Resolve(SomebodyOutside, alternatives);
        ResolveOpen();
    }

    /// <summary>Plans the finalizers of all that is planned, and what they require; those of what they bring as well (rule 8).</summary>
    public void BringFinalizers()
    {
        List<int> left = [.. _candidates.Where(unit => !_units[unit].Finalizes.IsEmpty && _membership[unit] == Membership.Possible)];
        for (bool more = left.Count > 0; more;)
        {
            HashSet<string> planned = new(_candidates.Where(unit => _membership[unit] == Membership.Planned).Select(unit => _units[unit].Name), StringComparer.OrdinalIgnoreCase);
            List<int> due = left.FindAll(unit => _units[unit].Finalizes.Any(planned.Contains));
            due.ForEach(Bring);
            more = left.RemoveAll(unit => _membership[unit] == Membership.Planned) > 0 && left.Count > 0;
        }
    }

    /// <summary>The planned units, in order of declaration.</summary>
    public int[] Finish()
    {
        List<int> planned = new(_candidates.Count);
        foreach (int unit in _candidates)
        {
            if (_membership[unit] == Membership.Planned)
            {
                planned.Add(unit);
            }

            _membership[unit] = Membership.Elsewhere;
        }

        return [.. planned];
    }

    private void ResolveOpen()
    {
        while (_open.TryPop(out (int Unit, int Next) open))
        {
            UnitDefinition unit = _units[open.Unit];
            if (open.Next < unit.Requires.Length)
            {
                _open.Push((open.Unit, open.Next + 1));
                Resolve(open.Unit, [unit.Requires[open.Next]]);
            }
            else if (open.Next - unit.Requires.Length < unit.RequiresAny.Length)
            {
                _open.Push((open.Unit, open.Next + 1));
                Resolve(open.Unit, unit.RequiresAny[open.Next - unit.Requires.Length].Alternatives);
            }
        }
    }

    private void Resolve(int requirer, ImmutableArray<Requirement> alternatives)
    {
        string text = alternatives.Length == 1 ? alternatives[0].Text : string.Join('|', alternatives);
        if (_met.TryGetValue(text, out int known) && known != requirer)
        {
            return;
        }

        _brought.Clear();
        int met = Nobody;
        bool byItself = false;
        Best best = Best.None;
        foreach (Requirement requirement in alternatives)
        {
            int name = _capabilities.Find(requirement.Name);
            foreach (Provider provider in name < 0 ? [] : _capabilities.Providers(name))
            {
                if (_membership[provider.Unit] == Membership.Elsewhere || !provider.Meets(requirement.Range))
                {
                    continue;
                }

                if (provider.Unit == requirer)
                {
                    byItself = true;
                }
                else if (!_units[provider.Unit].OnDemand)
                {
                    met = provider.Unit;
                    _brought.Add(provider.Unit);
                }
                else
                {
                    best = best.OrBetter(provider, _units[provider.Unit].Priority, _membership[provider.Unit] == Membership.Planned);
                }
            }
        }

        if (met == Nobody && best.Unit != Nobody)
        {
            met = best.Unit;
            _brought.Add(met);
        }

        _met[text] = met;
        Open();
        if (met == Nobody && !byItself)
        {
            Unmet.Add(alternatives);
        }
    }

    /// <summary>The last goes in first, so that the first comes out first.</summary>
    private void Open()
    {
        for (int next = _brought.Count - 1; next >= 0; next--)
        {
            if (_membership[_brought[next]] == Membership.Possible)
            {
                _membership[_brought[next]] = Membership.Planned;
                _open.Push((_brought[next], 0));
            }
        }
    }

    /// <summary>Of units on demand the one to take: one that is planned anyway, else the best.</summary>
    private readonly record struct Best(int Unit, NuGetVersion? Version, int Priority, bool IsPlanned)
    {
        public static Best None { get; } = new(Nobody, null, 0, false);

        public Best OrBetter(Provider provider, int priority, bool isPlanned)
        {
            Best other = new(provider.Unit, provider.Version, priority, isPlanned);
            if (Unit == Nobody || isPlanned != IsPlanned)
            {
                return Unit == Nobody || isPlanned ? other : this;
            }

            return Preference.Compare(provider.Version, priority, Version, Priority) < 0 ? other : this;
        }
    }
}

using Pexen.RecordChecking.Input;

namespace Pexen.RecordChecking.Replay;

/// <summary>Judges what becomes ready, and when: not before what it waits for, and not later either.</summary>
internal sealed class OrderJudge
{
    private readonly CheckedRun _run;
    private readonly Dictionary<UnitTrace, long> _due = [];

    public OrderJudge(CheckedRun run)
    {
        _run = run;
        foreach (UnitTrace unit in run.Units)
        {
            foreach (DependsOnEntry edge in unit.Entry.DependsOn)
            {
                run.Find(edge.Unit)?.Dependents.Add(unit);
            }

            // Which entry of RequiresAny a provider meets, and when a service or finalizer is needed, the record does not say.
            bool countable = !unit.Entry.Service && unit.Entry.Finalizes.Length == 0 && unit.Entry.DependsOn.All(edge => edge.Kind != "RequiresAny");
            unit.Missing = countable ? unit.Entry.DependsOn.Length : -1;
            if (unit.Missing == 0 && unit.HasJoined)
            {
                _due.Add(unit, 0);
            }
        }
    }

    /// <summary>A unit joined the plan; what it waits for may have ended before.</summary>
    public void Joined(UnitTrace unit, long seq)
    {
        if (unit.Missing == 0)
        {
            _due[unit] = seq;
        }
    }

    /// <summary>Whether something that is in the plan and that it requires or comes after has not ended.</summary>
    public bool HasToWait(UnitTrace unit) => unit.Entry.DependsOn.Any(edge =>
        edge.Kind != "RequiresAny" && _run.Find(edge.Unit) is { HasJoined: true, IsOver: false, ServiceReady: false });

    public void Ready(UnitTrace unit, long seq)
    {
        _due.Remove(unit);
        CheckDependencies(unit, seq, "ready");
    }

    public void Start(UnitTrace unit, long seq)
    {
        CheckDependencies(unit, seq, "started");
        if (_due.Count == 0)
        {
            return;
        }

        foreach ((UnitTrace late, long since) in _due)
        {
            if (late != unit)
            {
                _run.Complaints.Add(Rule.Readiness, $"all that it waits for was there at seq {since}, but it is not ready when '{unit.Name}' starts", late.Name, seq);
            }
        }

        _due.Clear();
    }

    /// <summary>A service is up: counts it for those that wait for what it provides.</summary>
    public void Up(UnitTrace service, long seq)
    {
        foreach (UnitTrace dependent in service.Dependents)
        {
            if (dependent.Missing > 0 && Needs(dependent, service) && --dependent.Missing == 0 && dependent.Phase == UnitPhase.Waiting && dependent.HasJoined)
            {
                _due[dependent] = seq;
            }
        }
    }

    private bool Needs(UnitTrace dependent, UnitTrace provider) => dependent.Entry.DependsOn.Any(edge => edge.Kind == "Requires" && _run.Find(edge.Unit) == provider);

    /// <summary>A unit ended for good: counts it for those that wait for it.</summary>
    public void Over(UnitTrace unit)
    {
        _due.Remove(unit);
        foreach (UnitTrace dependent in unit.Dependents)
        {
            if (dependent.Missing <= 0 || (unit.ServiceReady && Needs(dependent, unit)))
            {
                continue;
            }

            // A unit that names this one twice is in the list twice.
            bool provides = unit.Provides ?? _run.MayProvideOnFailure(unit);
            bool onlyAfter = dependent.Entry.DependsOn.All(edge => edge.Kind == "After" || _run.Find(edge.Unit) != unit);
            if ((provides || onlyAfter) && --dependent.Missing == 0 && dependent.Phase == UnitPhase.Waiting && dependent.HasJoined)
            {
                _due[dependent] = unit.LastSeq;
            }
        }
    }

    private void CheckDependencies(UnitTrace unit, long seq, string what)
    {
        bool anyNeeded = false;
        bool anyProvided = false;
        foreach (DependsOnEntry edge in unit.Entry.DependsOn)
        {
            // What is added later is no reason not to be ready now.
            if (_run.Find(edge.Unit) is not { } provider || (!provider.HasJoined && what == "ready"))
            {
                continue;
            }

            switch (edge.Kind)
            {
                case "After" or "Finalizes" when !provider.IsOver:
                    Complain($"it {what} before '{provider.Name}', which it {(edge.Kind == "After" ? "comes" : "cleans up")} after, ended");
                    break;
                case "RequiresAny":
                    anyNeeded = true;
                    anyProvided |= HasProvided(provider);
                    break;
                case "Requires" when unit.Entry.Finalizes.Length == 0:
                    CheckRequired(unit, provider, Complain, what);
                    break;
                default:
                    break;
            }
        }

        if (anyNeeded && !anyProvided)
        {
            Complain($"it {what} before any provider that it requires one of");
        }

        void Complain(string text) => _run.Complaints.Add(Rule.Order, text, unit.Name, seq);
    }

    private void CheckRequired(UnitTrace unit, UnitTrace provider, Action<string> complain, string what)
    {
        if (provider.ServiceReady)
        {
            return;
        }

        if (!provider.IsOver)
        {
            complain($"it {what} before '{provider.Name}', which it requires, ended");
        }
        else if (provider.Provides == false)
        {
            complain($"it {what} although '{provider.Name}', which it requires, is {provider.Entry.Outcome}");
        }
        else if (!HasProvided(provider))
        {
            complain($"it {what} although '{provider.Name}', which it requires, is {provider.Entry.Outcome}; legal only if the failure of '{provider.Name}' provides, which the caller has to vouch for");
        }
        else if (provider.Provides is null)
        {
            provider.ProvidedFor ??= unit;
        }
    }

    /// <summary>A controlled failure provides by default; any other only by the word of the caller.</summary>
    private bool HasProvided(UnitTrace provider) =>
        provider.ServiceReady
        || (provider.IsOver && (provider.Provides ?? (provider.Entry.Outcome == "ControlledFailure" || _run.MayProvideOnFailure(provider))));
}

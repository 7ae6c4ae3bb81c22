using Pexen.RecordChecking.Input;

namespace Pexen.RecordChecking.Replay;

/// <summary>Services that are up: nobody runs outside the time of a service that it needs, and none is stopped before the last of these has ended (rule 26).</summary>
internal sealed class ServiceBook(CheckedRun run)
{
    private readonly List<UnitTrace> _up = [];
    private readonly Dictionary<UnitTrace, HashSet<UnitTrace>> _awaited = [];

    public void Ready(UnitTrace service, long seq)
    {
        if (!service.Entry.Service || service.Phase != UnitPhase.Running || service.ServiceReady)
        {
            run.Complaints.Add(Rule.Services, "it is ready as a service, but is none, does not run, or was ready before", service.Name, seq);
        }

        service.ServiceReady = true;
        _up.Add(service);
    }

    public void Start(UnitTrace unit, long seq)
    {
        if (unit.Entry.Finalizes.Length > 0)
        {
            return;
        }

        foreach (DependsOnEntry edge in unit.Entry.DependsOn.Where(edge => edge.Kind == "Requires"))
        {
            // What it provides may count as provided though it failed; whether it may is judged where that is said of any unit.
            if (run.Find(edge.Unit) is { Entry.Service: true } service
                && (service.IsOver ? service.Entry.Outcome != "ControlledFailure" && !run.MayProvideOnFailure(service) : !service.ServiceReady))
            {
                run.Complaints.Add(Rule.Services, $"it starts while the service '{service.Name}', which it requires, is not up", unit.Name, seq);
            }
        }
    }

    /// <summary>A service has ended. One that was stopped was needed by nobody any more.</summary>
    public void Ended(UnitTrace service, string? outcome, long seq)
    {
        if (_up.Remove(service) && outcome == "Succeeded" && UsersOf(service).FirstOrDefault(user => user.Phase == UnitPhase.Running) is { } user)
        {
            run.Complaints.Add(Rule.Services, $"it was stopped while '{user.Name}', which requires it, was running", service.Name, seq);
        }
    }

    public void NotNeeded(UnitTrace unit, long seq)
    {
        bool canBe = unit.Entry.Service || unit.Entry.Finalizes.Length > 0;
        UnitTrace? needs = unit.Entry.Service ? UsersOf(unit).FirstOrDefault(user => !user.IsOver && user.Entry.Finalizes.Length == 0) : FinalizedBy(unit).FirstOrDefault(other => !other.IsOver);
        if (!canBe || unit.HasStarted || needs is not null)
        {
            run.Complaints.Add(Rule.Services, $"it is not needed, but has started, is neither service nor finalizer, or '{needs?.Name}' has not ended", unit.Name, seq);
        }
    }

    /// <summary>Whether a service that is up, and holds what is wanted here, waits for the unit: then rule 11 holds it back for nobody who wants that.</summary>
    public bool IsAwaited(UnitTrace unit, Want blocked) =>
        _up.Exists(service => service.Holding.Exists(held => held.ConflictsWith(blocked) || (held.Node == blocked.Node && blocked.Tokens > 0)) && AwaitedBy(service).Contains(unit));

    public bool HasAny => _up.Count > 0;

    /// <summary>What a finalizer that becomes ready may take from those that crashed.</summary>
    public IEnumerable<UnitTrace> FinalizedBy(UnitTrace finalizer) =>
        finalizer.Entry.DependsOn.Where(edge => edge.Kind is "Finalizes" or "After").Select(edge => run.Find(edge.Unit)).OfType<UnitTrace>();

    private static HashSet<UnitTrace> UsersOf(UnitTrace service)
    {
        HashSet<UnitTrace> users = [];
        Stack<UnitTrace> open = new([service]);
        while (open.TryPop(out UnitTrace? provider))
        {
            foreach (UnitTrace user in provider.Dependents.Where(user => user.Entry.DependsOn.Any(edge => edge.Kind == "Requires" && edge.Unit == provider.Name)))
            {
                bool passes = user.Entry.Service || (user.HasStarted && user.Entry.Attempts.Length == 0);
                if (users.Add(user) && passes)
                {
                    open.Push(user);
                }
            }
        }

        return users;
    }

    private HashSet<UnitTrace> AwaitedBy(UnitTrace service)
    {
        if (!_awaited.TryGetValue(service, out HashSet<UnitTrace>? awaited))
        {
            HashSet<UnitTrace> users = Close([service], unit => unit.Dependents.Where(user => user.Entry.DependsOn.Any(edge => edge.Kind is "Requires" or "RequiresAny" or "Finalizes" && edge.Unit == unit.Name)));
            _awaited.Add(service, awaited = Close(users, unit => unit.Entry.DependsOn.Select(edge => run.Find(edge.Unit)).OfType<UnitTrace>()));
        }

        return awaited;
    }

    private static HashSet<UnitTrace> Close(IEnumerable<UnitTrace> first, Func<UnitTrace, IEnumerable<UnitTrace>> next)
    {
        HashSet<UnitTrace> found = [.. first];
        Stack<UnitTrace> open = new(found);
        while (open.TryPop(out UnitTrace? unit))
        {
            foreach (UnitTrace other in next(unit))
            {
                if (found.Add(other))
                {
                    open.Push(other);
                }
            }
        }

        return found;
    }
}

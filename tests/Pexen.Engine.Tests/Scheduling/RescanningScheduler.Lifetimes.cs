using Pexen.Model;
using Pexen.Scheduling;

namespace Pexen.Tests.Scheduling;

/// <summary>Services and finalizers, read off the rules with a look at everything.</summary>
internal sealed partial class RescanningScheduler
{
    private readonly HashSet<int> lent = [];

    /// <summary>Services that have ended or are to be stopped, and how many units there were then.</summary>
    private readonly Dictionary<int, int> gone = [];
    private readonly HashSet<int> started = [];
    private readonly HashSet<int> failed = [];
    private readonly Dictionary<int, HashSet<int>> pledges = [];
    private readonly HashSet<(int Unit, int Choice)> met = [];

    /// <summary>Units that keep what they hold also if there is no other attempt.</summary>
    private readonly HashSet<int> keepers = [];
    private bool[] wanted = [];
    private bool[] called = [];
    private bool[] opened = [];
    private bool stopped;
    private bool held;
    private UnitState endsAs;

    /// <summary>Services that have to be stopped because nobody needs them, and units that have because a service died.</summary>
    public HashSet<int> ToStop { get; } = [];

    public void BecomeReady(int unit)
    {
        State[unit] = UnitState.Up;
        Settle();
    }

    /// <summary>Nobody but units needs services any more.</summary>
    public void Release()
    {
        held = false;
        Settle();
    }

    public void Stop(UnitState how)
    {
        stopped = true;
        endsAs = how;
        foreach (int unit in Unstarted().Where(unit => !OutlivesTheRun(unit)).OrderBy(unit => keeps[unit] && keepers.Contains(unit)).ToArray())
        {
            End(unit, how);
        }

        Settle();
    }

    /// <summary>What a crashed unit keeps a finalizer may have.</summary>
    public bool IsLent(int holder) => lent.Contains(holder);

    public bool IsService(int unit) => Has(unit, UnitTraits.Service);

    /// <summary>Others stand on it, so it neither gives way nor goes with another.</summary>
    public bool IsSpared(int unit) => IsService(unit) || IsFinalizer(unit);

    public bool IsFinalizer(int unit) => Has(unit, UnitTraits.Finalizer);

    /// <summary>Finalizers, and what services, and milestones on the way to services, they require.</summary>
    private bool OutlivesTheRun(int unit)
    {
        HashSet<int> deferred = Deferred();
        return Close(All().Where(IsFinalizer), (other, found) => deferred.Contains(other) && found.Any(user => Edges(user).Any(edge => IsNeed(edge) && edge.Unit == other))).Contains(unit);
    }

    private HashSet<int> Deferred() =>
        Close(All().Where(IsService), (unit, found) => Has(unit, UnitTraits.Milestone) && IsNeededBySomebody(unit) && Edges(unit).Any(edge => IsNeed(edge) && found.Contains(edge.Unit)));

    /// <summary>All that a service is up for.</summary>
    public HashSet<int> Users(int service)
    {
        HashSet<int> users = Close([service], (unit, found) => Edges(unit).Any(edge => IsNeed(edge) && (edge.Unit == service || found.Contains(edge.Unit) && IsPassage(edge.Unit))));
        users.Remove(service);
        users.UnionWith(All().Where(unit =>
            Edges(unit).Any(edge => edge.Kind == DependencyKind.Finalizes && users.Contains(edge.Unit))
            && !Edges(unit).Any(edge => edge.Unit == service && !IsNeed(edge))).ToArray());
        users.RemoveWhere(unit => Has(unit, UnitTraits.Milestone) && IsNeededBySomebody(unit));
        return users;
    }

    private bool IsNeededBySomebody(int unit) => All().Any(other => Edges(other).Any(edge => IsNeed(edge) && edge.Unit == unit));

    private bool Has(int unit, UnitTraits trait) => (graph.TraitsOf(unit) & trait) != 0;

    private bool IsPassage(int unit) => Has(unit, UnitTraits.Service | UnitTraits.Milestone);

    private static bool IsNeed(Dependency edge) => edge.Kind is DependencyKind.Requires or DependencyKind.RequiresAny;

    private IEnumerable<int> All() => Enumerable.Range(0, State.Length);

    private IEnumerable<int> Unstarted() =>
        Where(UnitState.Waiting).Concat(Ready()).Concat(Where(UnitState.Outside)).Concat(Where(UnitState.Resting)).Concat(Where(UnitState.Returning));

    private bool ProvidesTo(int unit, int provider) => IsProvided(provider) && !CameTooLate(unit, provider);

    /// <summary>Whoever has joined since a service is gone has come too late for it.</summary>
    private bool CameTooLate(int unit, int service) => gone.TryGetValue(service, out int count) && unit >= count;

    private bool IsProvided(int unit) => State[unit] is UnitState.Up or UnitState.NotNeeded || provided[unit] && State[unit] == UnitState.Provided;

    private IEnumerable<Dependency> Edges(int unit) =>
        graph.Dependencies[graph.DependencyStart[unit]..graph.DependencyStart[unit + 1]].Concat(added.Where(edge => edge.Unit == unit).Select(edge => edge.Dependency));

    private HashSet<int> Close(IEnumerable<int> first, Func<int, HashSet<int>, bool> belongs)
    {
        HashSet<int> found = [.. first];
        while (All().FirstOrDefault(unit => !found.Contains(unit) && belongs(unit, found), -1) is >= 0 and int next)
        {
            found.Add(next);
        }

        return found;
    }

    private void GrowLifetimes(int before)
    {
        wanted = [.. wanted, .. new bool[State.Length - before]];
        called = [.. called, .. new bool[State.Length - before]];
        foreach (int service in All().Where(unit => held && IsService(unit)))
        {
            called[service] = wanted[service] = true;
        }

        opened = [.. State.Select(state => state is UnitState.Running or UnitState.Up)];
        for (int unit = before; unit < State.Length; unit++)
        {
            if (Wants(unit).Any(want => IsBlocked(want, KeepersForGood())) && !stopped)
            {
                State[unit] = UnitState.Skipped;
            }

            if (stopped)
            {
                State[unit] = endsAs;
            }
        }
    }

    /// <summary>An attempt has ended, and if it was not the last it has failed.</summary>
    private void NoteAttempt(int unit)
    {
        started.Add(unit);
        failed.Add(unit);
    }

    private void NoteEnd(int unit, Completion completion)
    {
        NoteAttempt(unit);
        if (!completion.Failed)
        {
            failed.Remove(unit);
        }

        ToStop.Remove(unit);
        if (IsFinalizer(unit) && completion is { Provided: true, Failed: false })
        {
            foreach (int holder in pledges.Where(pledge => pledge.Value.Contains(unit)).Select(pledge => pledge.Key).ToArray())
            {
                pledges.Remove(holder);
                keeps[holder] = false;
            }
        }
    }

    /// <summary>A choice is met by the first to provide, whatever becomes of him (rule 4).</summary>
    private void RememberChoices()
    {
        foreach (int unit in All())
        {
            met.UnionWith(Needs(unit).Where(group => group.Key.Kind == DependencyKind.RequiresAny && group.Any(need => ProvidesTo(unit, need.Unit))).Select(group => (unit, group.Key.Choice)));
        }
    }

    /// <summary>There is no attempt, or no other one. What it kept for that is free, unless its crash keeps it for good.</summary>
    private void End(int unit, UnitState how)
    {
        if (Ended(unit))
        {
            return;
        }

        State[unit] = how;
        keeps[unit] = keeps[unit] && keepers.Contains(unit);
        if (keeps[unit] && (graph.HasLifetimes || !stopped))
        {
            Keep(unit);
        }
    }

    private void Keep(int holder)
    {
        HashSet<int> needed = Close([holder], (unit, found) => found.Any(user => Edges(user).Any(edge => IsNeed(edge) && edge.Unit == unit)));
        HashSet<int> finalizers = [.. All().Where(unit => IsFinalizer(unit) && !Ended(unit)
            && Edges(unit).Any(edge => edge.Kind == DependencyKind.Finalizes && needed.Contains(edge.Unit))
            && Edges(unit).Any(edge => !IsNeed(edge) && edge.Unit == holder))];
        if (finalizers.Count > 0)
        {
            pledges.Add(holder, finalizers);
        }

        SkipWhoWants(holder);
    }

    private void SkipWhoWants(int holder)
    {
        HashSet<int> spared = pledges.TryGetValue(holder, out HashSet<int>? finalizers)
            ? Close(finalizers, (unit, found) => Edges(unit).Any(edge => found.Contains(edge.Unit)))
            : [];
        foreach (int unit in Unstarted().Where(unit => !spared.Contains(unit)).ToArray())
        {
            bool lost = Wants(unit).Any(want => Wants(holder).Any(hold => Conflict(hold, want) || SameTokens(hold, want) && want.Tokens > 0 && hold.Tokens > 0 && want.Tokens > TokensLeft(want.Resource)));
            if (lost)
            {
                End(unit, UnitState.Skipped);
            }
        }
    }

    private int TokensLeft(int resource) =>
        graph.ResourceCapacity[resource] - KeepersForGood().SelectMany(Wants).Where(hold => hold.Resource == resource && hold.Mode == HoldMode.Use).Sum(hold => hold.Tokens);

    private void LendTo(int finalizer)
    {
        if (IsFinalizer(finalizer))
        {
            lent.UnionWith(pledges.Where(pledge => pledge.Value.Contains(finalizer)).Select(pledge => pledge.Key));
        }
    }

    private void Bereave(int service)
    {
        bool LosesBy(int unit, int provider) => Edges(unit).Any(edge => edge.Unit == provider && (edge.Kind == DependencyKind.Requires
            || edge.Kind == DependencyKind.RequiresAny && !Edges(unit).Any(other => other.Kind == edge.Kind && other.Choice == edge.Choice && other.Unit != provider && ProvidesTo(unit, other.Unit))));
        HashSet<int> losers = Close([service], (unit, found) => !IsFinalizer(unit) && found.Any(other => (other == service || IsPassage(other)) && LosesBy(unit, other)));
        losers.Remove(service);
        foreach (int loser in losers.Where(loser => !Ended(loser)))
        {
            if (State[loser] is UnitState.Running or UnitState.Up)
            {
                ToStop.Add(loser);
            }
            else
            {
                End(loser, UnitState.Skipped);
            }
        }
    }

    private bool IsExempt(int unit, ScheduleHold want) => Where(UnitState.Up).Where(service => !gone.ContainsKey(service)).Any(service =>
        Wants(service).Any(hold => Conflict(hold, want) || SameTokens(hold, want) && want.Mode == HoldMode.Use)
        && Close(Users(service), (other, found) => found.Any(user => Edges(user).Any(edge => edge.Unit == other))).Contains(unit));

    /// <summary>A finalizer that ends without success disappoints those who come after it.</summary>
    private bool Disappoint()
    {
        bool any = false;
        foreach (int finalizer in All().Where(unit => IsFinalizer(unit) && Ended(unit) && !(State[unit] == UnitState.Provided && started.Contains(unit) && !failed.Contains(unit))).ToArray())
        {
            foreach (int holder in pledges.Where(pledge => pledge.Value.Remove(finalizer)).Select(pledge => pledge.Key).ToArray())
            {
                SkipWhoWants(holder);
                any = true;
            }
        }

        return any;
    }

    private bool EndWhatNobodyNeeds()
    {
        bool any = false;
        foreach (int service in All().Where(unit => !held && IsService(unit) && !Ended(unit) && !gone.ContainsKey(unit) && Users(unit).All(Ended)).ToArray())
        {
            gone.Add(service, State.Length);
            if (State[service] is UnitState.Running or UnitState.Up)
            {
                ToStop.Add(service);
            }
            else
            {
                End(service, UnitState.NotNeeded);
                any = true;
            }
        }

        foreach (int finalizer in Unstarted().Where(unit => !held && IsFinalizer(unit) && Edges(unit).All(edge => IsNeed(edge) || Ended(edge.Unit)) && !IsNeeded(unit)).ToArray())
        {
            End(finalizer, UnitState.NotNeeded);
            any = true;
        }

        return any;
    }

    private bool IsNeeded(int finalizer) => Edges(finalizer).Any(edge =>
        edge.Kind == DependencyKind.Finalizes && (Has(finalizer, UnitTraits.OnlyAfterFailure) ? failed : started).Contains(edge.Unit));

    /// <summary>Services of which a user has everything else.</summary>
    private void FindWanted()
    {
        if (!graph.HasLifetimes)
        {
            return;
        }

        HashSet<int> deferred = Deferred();
        bool Comes(int unit) => IsProvided(unit) || deferred.Contains(unit) && opened[unit] && !Ended(unit);
        bool HasElse(int unit) => Needs(unit).All(group => group.Key.Kind switch
        {
            DependencyKind.Requires => group.All(need => Comes(need.Unit) || IsFinalizer(unit) && Ended(need.Unit)),
            DependencyKind.RequiresAny => group.Any(need => Comes(need.Unit)) || IsFinalizer(unit) && group.All(need => Ended(need.Unit)),
            _ => group.All(need => Ended(need.Unit)),
        });
        for (bool more = true; more;)
        {
            more = false;
            foreach (int unit in Unstarted().Where(unit => !opened[unit] && HasElse(unit)).ToArray())
            {
                opened[unit] = more = true;
            }

            foreach (int unit in Unstarted().Where(unit => opened[unit] && (deferred.Contains(unit) ? called[unit] : !IsFinalizer(unit) || IsNeeded(unit))).ToArray())
            {
                foreach (IGrouping<(DependencyKind Kind, int Choice), Dependency> group in Needs(unit).Where(group => group.Key.Kind == DependencyKind.Requires
                    || group.Key.Kind == DependencyKind.RequiresAny && !group.Any(need => IsProvided(need.Unit))))
                {
                    foreach (int provider in group.Select(need => need.Unit).Where(provider => deferred.Contains(provider) && !called[provider] && Unstarted().Contains(provider)).ToArray())
                    {
                        called[provider] = wanted[provider] = more = true;
                    }
                }
            }
        }
    }

    /// <summary>Nothing runs and nothing can start: somebody gives way, or a service starts that nobody has asked for.</summary>
    private bool GiveWay()
    {
        bool busy = !graph.HasLifetimes || State.All(state => state >= UnitState.Provided)
            || State.Any(state => state is UnitState.Running or UnitState.Outside or UnitState.Resting or UnitState.Returning) || Where(UnitState.Up).Any(gone.ContainsKey);
        if (busy)
        {
            return false;
        }

        int FirstOf(IEnumerable<int> units) => units.OrderBy(IsFinalizer).ThenBy(Place).FirstOrDefault(-1);
        int ready = FirstOf(Ready());
        int service = FirstOf(Where(UnitState.Waiting).Where(unit => IsService(unit) && !called[unit] && HasAllItWaitsFor(unit)));
        if (ready < 0 && held)
        {
            return false;
        }

        if (ready < 0 && service >= 0)
        {
            called[service] = wanted[service] = true;
        }
        else if ((ready >= 0 ? ready : FirstOf(Where(UnitState.Waiting))) is >= 0 and int victim)
        {
            End(victim, UnitState.Skipped);
        }
        else
        {
            return false;
        }

        Settle();
        return true;
    }
}

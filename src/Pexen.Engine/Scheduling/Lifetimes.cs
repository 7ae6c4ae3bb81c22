using Pexen.Model;

namespace Pexen.Scheduling;

/// <summary>Services and finalizers of a run: who is up and for whom, who has to start, who is due, and what is kept for whom. Made only where there are any.</summary>
internal sealed class Lifetimes
{
    private readonly ScheduleGraph _graph;
    private readonly StateTable _state;
    private readonly DependencyTable _dependencies;
    private readonly LineTable _lines;
    private readonly List<int> _up = [];
    private bool[] _wasUp = [];
    private HashSet<int>? _neededToFinalize;

    public Lifetimes(ScheduleGraph graph, StateTable state, DependencyTable dependencies, LineTable lines, bool held)
    {
        (_graph, _state, _dependencies, _lines) = (graph, state, dependencies, lines);
        Growth.Reserve(ref _wasUp, graph.UnitCount, false);
        Finalizers = new FinalizerTable(graph, state, held);
        Users = new ServiceUsers(graph, state, dependencies, Finalizers, held);
        Demand = new ServiceDemand(graph, state, dependencies, Finalizers);
    }

    public FinalizerTable Finalizers { get; }

    public ServiceUsers Users { get; }

    public ServiceDemand Demand { get; }

    public bool IsFinalizer(int unit) => Finalizers.IsFinalizer(unit);

    /// <summary>What the end of a run does not keep from starting: finalizers, and the services that they require, for which nobody else may have asked (rules 24, 26).</summary>
    public bool OutlivesTheRun(int unit) => IsFinalizer(unit) || (_neededToFinalize ??= NeededToFinalize()).Contains(unit);

    public bool WasUp(int unit) => _wasUp[unit];

    /// <summary>A service that is up and nobody has asked to stop: it waits for others.</summary>
    public IEnumerable<int> WaitingServices => _up.Where(service => !Users.IsGone(service));

    /// <summary>Some service is being stopped, so something is going to happen.</summary>
    public bool AnyStopping => _up.Exists(Users.IsGone);

    public void NoteUp(int service)
    {
        _wasUp[service] = true;
        _up.Add(service);
    }

    public void NoteEnd(int unit, Completion completion)
    {
        _up.Remove(unit);
        Finalizers.Note(unit, completion);
    }

    /// <summary>Units have joined; what those before wait for besides is said by <see cref="DependencyTable"/> already.</summary>
    public void Grow(ReadOnlySpan<AddedDependency> dependencies)
    {
        Growth.Reserve(ref _wasUp, _graph.UnitCount, false);
        Finalizers.Grow();
        foreach (AddedDependency added in dependencies)
        {
            if (IsFinalizer(added.Unit))
            {
                Finalizers.Wait(added.Unit, added.Dependency);
            }
        }

        Users.CountAgain();
        Demand.LookAgain();
        _neededToFinalize = null;
    }

    /// <summary>Rule 11: who is ahead in this line waits for a service that itself waits for this unit, so the unit must not wait for who is ahead.</summary>
    public bool IsExempt(int unit, Line line)
    {
        foreach (int service in _up)
        {
            if (!Users.IsGone(service) && _lines.FindConflict(service, line) >= 0 && Users.AwaitedBy(service).Contains(unit))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether any service that is up waits for the unit.</summary>
    public bool IsAwaited(int unit)
    {
        foreach (int service in _up)
        {
            if (!Users.IsGone(service) && Users.AwaitedBy(service).Contains(unit))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Who cannot go on when a service has died: all that it was up for, but for those that have a choice and another provider.</summary>
    public List<int> LosersOf(int service)
    {
        List<int> losers = [];
        HashSet<int> seen = [service];
        Queue<int> open = new([service]);
        while (open.TryDequeue(out int provider))
        {
            foreach (int user in _dependencies.NeedersOf(provider))
            {
                if (IsFinalizer(user) || seen.Contains(user) || HasAnother(user, provider))
                {
                    continue;
                }

                seen.Add(user);
                losers.Add(user);
                if ((_graph.TraitsOf(user) & (UnitTraits.Service | UnitTraits.Milestone)) != 0)
                {
                    open.Enqueue(user);
                }
            }
        }

        return losers;
    }

    /// <summary>Finalizers that have not ended, and may take what a crashed unit keeps.</summary>
    public List<int> PledgedFor(int unit)
    {
        HashSet<int> needed = [unit];
        Stack<int> open = new([unit]);
        while (open.TryPop(out int user))
        {
            foreach (Dependency dependency in _dependencies.AllOf(user))
            {
                if (dependency.Kind is DependencyKind.Requires or DependencyKind.RequiresAny && needed.Add(dependency.Unit))
                {
                    open.Push(dependency.Unit);
                }
            }
        }

        return [.. needed.SelectMany(Finalizers.Of).Distinct()
            .Where(finalizer => !_state.HasEnded(finalizer) && _dependencies.AllOf(finalizer).Any(edge => edge.Unit == unit && edge.Kind is DependencyKind.Finalizes or DependencyKind.After))];
    }

    /// <summary>These units and all that wait for them, directly or not.</summary>
    public HashSet<int> WithDependents(IEnumerable<int> units)
    {
        HashSet<int> found = [.. units];
        Stack<int> open = new(found);
        while (open.TryPop(out int unit))
        {
            foreach (int dependent in _dependencies.DependentsOf(unit))
            {
                if (found.Add(dependent))
                {
                    open.Push(dependent);
                }
            }
        }

        return found;
    }

    /// <summary>Services, and milestones on the way to them.</summary>
    private HashSet<int> NeededToFinalize()
    {
        HashSet<int> needed = [];
        Stack<int> open = new(Enumerable.Range(0, _graph.UnitCount).Where(IsFinalizer));
        while (open.TryPop(out int unit))
        {
            foreach (Dependency dependency in _dependencies.AllOf(unit))
            {
                bool requires = dependency.Kind is DependencyKind.Requires or DependencyKind.RequiresAny;
                if (requires && Demand.IsDeferred(dependency.Unit) && needed.Add(dependency.Unit))
                {
                    open.Push(dependency.Unit);
                }
            }
        }

        return needed;
    }

    private bool HasAnother(int user, int lost)
    {
        IReadOnlyList<Dependency> all = _dependencies.AllOf(user);
        foreach (Dependency dependency in all)
        {
            if (dependency.Unit != lost)
            {
                continue;
            }

            if (dependency.Kind == DependencyKind.Requires)
            {
                return false;
            }

            bool another = all.Any(other => other.Kind == DependencyKind.RequiresAny && other.Choice == dependency.Choice && other.Unit != lost && Users.Provides(other.Unit, user));
            if (dependency.Kind == DependencyKind.RequiresAny && !another)
            {
                return false;
            }
        }

        return true;
    }
}

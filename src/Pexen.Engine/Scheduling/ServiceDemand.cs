using Pexen.Model;

namespace Pexen.Scheduling;

/// <summary>
/// Which services have to start: those of which a user has everything else that it requires (rule 26), where what services and the milestones behind
/// them will provide is no "else". A unit is looked at again only when one thing happens that it was found to lack, and from there on.
/// </summary>
internal sealed class ServiceDemand
{
    private readonly ScheduleGraph _graph;
    private readonly StateTable _state;
    private readonly DependencyTable _dependencies;
    private readonly FinalizerTable _finalizers;
    private readonly List<(int Unit, int Next)> _watchers = [];
    private readonly Queue<int> _wanted = new();
    private readonly Queue<int> _todo = new();
    private readonly Stack<int> _calling = new();
    private int[] _firstWatcher = [];
    private int[] _position = [];
    private bool[] _concerned = [];
    private bool[] _deferred = [];
    private bool[] _open = [];
    private bool[] _called = [];

    public ServiceDemand(ScheduleGraph graph, StateTable state, DependencyTable dependencies, FinalizerTable finalizers)
    {
        (_graph, _state, _dependencies, _finalizers) = (graph, state, dependencies, finalizers);
        LookAgain();
    }

    /// <summary>Looks at everybody, as units have joined.</summary>
    public void LookAgain()
    {
        int count = _graph.UnitCount;
        _watchers.Clear();
        _firstWatcher = new int[count];
        Array.Fill(_firstWatcher, -1);
        (_position, _concerned, _deferred, _open) = (new int[count], new bool[count], new bool[count], new bool[count]);
        Growth.Reserve(ref _called, count, false);
        Stack<int> open = new();
        for (int unit = 0; unit < count; unit++)
        {
            if (Is(unit, UnitTraits.Service))
            {
                _concerned[unit] = _deferred[unit] = true;
                open.Push(unit);
            }
        }

        while (open.TryPop(out int provider))
        {
            foreach (int user in _dependencies.NeedersOf(provider))
            {
                _concerned[user] = true;
                if (Is(user, UnitTraits.Milestone) && !_deferred[user] && _dependencies.NeedersOf(user).Any())
                {
                    _deferred[user] = true;
                    open.Push(user);
                }
            }
        }

        for (int unit = 0; unit < count; unit++)
        {
            // What runs has everything, and if it comes to rest it still has.
            _open[unit] = !_state.CanStillStart(unit) && !_state.HasEnded(unit);
            if (_concerned[unit])
            {
                _todo.Enqueue(unit);
            }
        }
    }

    /// <summary>The next service that has to start.</summary>
    public bool TryTakeWanted(out int service) => _wanted.TryDequeue(out service);

    /// <summary>Whether a unit is a service, or a milestone that has to be asked for as it needs one and is needed.</summary>
    public bool IsDeferred(int unit) => _deferred[unit];

    public bool IsAskedFor(int service) => _called[service];

    /// <summary>Starts a service that nobody has asked for, although nobody has everything else.</summary>
    public void Force(int service)
    {
        _called[service] = true;
        _wanted.Enqueue(service);
    }

    private bool Is(int unit, UnitTraits trait) => (_graph.TraitsOf(unit) & trait) != 0;

    /// <summary>A unit is up, or has ended, or has everything else: those that lacked that are to be looked at.</summary>
    public void Wake(int unit)
    {
        int entry = _firstWatcher[unit];
        _firstWatcher[unit] = -1;
        for (; entry >= 0; entry = _watchers[entry].Next)
        {
            _todo.Enqueue(_watchers[entry].Unit);
        }
    }

    /// <summary>Looks at those that may have everything else now.</summary>
    public void LookAtAll()
    {
        while (_todo.TryDequeue(out int unit))
        {
            if (_state.CanStillStart(unit) && !_open[unit] && HasEverythingElse(unit))
            {
                _open[unit] = true;
                Wake(unit);
                if (_deferred[unit] ? _called[unit] : !_finalizers.IsFinalizer(unit) || _finalizers.IsNeeded(unit))
                {
                    Call(unit);
                }
            }
        }
    }

    private bool HasEverythingElse(int unit)
    {
        IReadOnlyList<Dependency> all = _dependencies.AllOf(unit);
        for (; _position[unit] < all.Count; _position[unit]++)
        {
            Dependency dependency = all[_position[unit]];
            bool isThere = dependency.Kind switch
            {
                DependencyKind.Requires => IsThere(unit, dependency.Unit),
                DependencyKind.RequiresAny => HasOneOf(unit, all, dependency.Choice),
                _ => _state.HasEnded(dependency.Unit),
            };
            if (!isThere)
            {
                Watch(unit, all, dependency);
                return false;
            }
        }

        return true;
    }

    private bool IsThere(int unit, int provider) =>
        _state.Provides(provider)
        || (_deferred[provider] && _open[provider] && !_state.HasEnded(provider))
        || (_finalizers.IsFinalizer(unit) && _state.HasEnded(provider));

    private bool HasOneOf(int unit, IReadOnlyList<Dependency> all, int choice)
    {
        bool anyLeft = false;
        foreach (Dependency dependency in all)
        {
            if (dependency.Kind == DependencyKind.RequiresAny && dependency.Choice == choice)
            {
                if (_state.Provides(dependency.Unit) || (_deferred[dependency.Unit] && _open[dependency.Unit] && !_state.HasEnded(dependency.Unit)))
                {
                    return true;
                }

                anyLeft |= !_state.HasEnded(dependency.Unit);
            }
        }

        return !anyLeft && _finalizers.IsFinalizer(unit);
    }

    private void Watch(int unit, IReadOnlyList<Dependency> all, Dependency lacking)
    {
        foreach (Dependency dependency in all)
        {
            bool watched = dependency == lacking || (lacking.Kind == DependencyKind.RequiresAny && dependency.Kind == lacking.Kind && dependency.Choice == lacking.Choice);
            if (watched && !_state.HasEnded(dependency.Unit))
            {
                _watchers.Add((unit, _firstWatcher[dependency.Unit]));
                _firstWatcher[dependency.Unit] = _watchers.Count - 1;
            }
        }
    }

    /// <summary>A unit that is going to start asks for the services it needs, and these for theirs once they have everything else.</summary>
    private void Call(int caller)
    {
        _calling.Push(caller);
        while (_calling.TryPop(out int unit))
        {
            IReadOnlyList<Dependency> all = _dependencies.AllOf(unit);
            foreach (Dependency dependency in all)
            {
                int provider = dependency.Unit;
                bool needed = dependency.Kind == DependencyKind.Requires || (dependency.Kind == DependencyKind.RequiresAny && !IsMet(all, dependency.Choice));
                if (!needed || !_deferred[provider] || _called[provider] || !_state.CanStillStart(provider))
                {
                    continue;
                }

                _called[provider] = true;
                if (Is(provider, UnitTraits.Service))
                {
                    _wanted.Enqueue(provider);
                }

                if (_open[provider])
                {
                    _calling.Push(provider);
                }
            }
        }
    }

    private bool IsMet(IReadOnlyList<Dependency> all, int choice)
    {
        foreach (Dependency dependency in all)
        {
            if (dependency.Kind == DependencyKind.RequiresAny && dependency.Choice == choice && _state.Provides(dependency.Unit))
            {
                return true;
            }
        }

        return false;
    }
}

using Pexen.Model;

namespace Pexen.Scheduling;

/// <summary>For whom each service is up: units that require it directly or through services and milestones, and their finalizers. A milestone that others require is only a way to these; and how many of these have not ended.</summary>
internal sealed class ServiceUsers
{
    private readonly ScheduleGraph _graph;
    private readonly StateTable _state;
    private readonly DependencyTable _dependencies;
    private readonly FinalizerTable _finalizers;
    private readonly List<(int Service, int Next)> _uses = [];
    private readonly HashSet<(int Unit, int Service)> _waitForTheEnd = [];
    private readonly Dictionary<int, List<int>> _users = [];
    private readonly Dictionary<int, HashSet<int>> _awaited = [];
    private readonly Queue<int> _unneeded = new();
    private int[] _firstUse = [];
    private int[] _left = [];
    private bool _held;

    /// <summary>Of each service how many units there were when the last that needed it had ended; 0 while somebody needs it.</summary>
    private int[] _unitsWhenLeft = [];

    /// <param name="graph">The units.</param>
    /// <param name="state">How far they are.</param>
    /// <param name="dependencies">Who waits for whom.</param>
    /// <param name="finalizers">Who cleans up after whom.</param>
    /// <param name="held">Whether somebody who is no unit needs all services, until <see cref="Release"/>.</param>
    public ServiceUsers(ScheduleGraph graph, StateTable state, DependencyTable dependencies, FinalizerTable finalizers, bool held)
    {
        (_graph, _state, _dependencies, _finalizers, _held) = (graph, state, dependencies, finalizers, held);
        CountAgain();
    }

    public bool IsService(int unit) => (_graph.TraitsOf(unit) & UnitTraits.Service) != 0;

    /// <summary>It ended, or is to be stopped.</summary>
    public bool IsGone(int service) => WasLeft(service) || _state.HasEnded(service);

    /// <summary>Nobody needed it any more: whoever comes now comes too late. One that ended by itself counts as it ended (rule 32).</summary>
    public bool WasLeft(int service) => _unitsWhenLeft[service] > 0;

    /// <summary>What a service provides counts for a unit: it had joined before the service was left.</summary>
    public bool Provides(int provider, int unit) => _state.Provides(provider) && (!WasLeft(provider) || unit < _unitsWhenLeft[provider]);

    /// <summary>Somebody who is no unit needed all services, and does no more.</summary>
    public void Release()
    {
        _held = false;
        for (int service = 0; service < _graph.UnitCount; service++)
        {
            if (IsService(service) && !IsGone(service) && --_left[service] == 0)
            {
                Leave(service);
            }
        }
    }

    /// <summary>Counts anew, as units have joined.</summary>
    public void CountAgain()
    {
        int count = _graph.UnitCount;
        _uses.Clear();
        _users.Clear();
        _awaited.Clear();
        _waitForTheEnd.Clear();
        _firstUse = new int[count];
        _left = new int[count];
        Array.Fill(_firstUse, -1);
        Growth.Reserve(ref _unitsWhenLeft, count, 0);
        for (int unit = 0; unit < count; unit++)
        {
            foreach (Dependency dependency in _dependencies.AllOf(unit))
            {
                if (dependency.Kind is DependencyKind.After or DependencyKind.Finalizes && IsService(dependency.Unit))
                {
                    _waitForTheEnd.Add((unit, dependency.Unit));
                }
            }
        }

        for (int unit = 0; unit < count; unit++)
        {
            if (IsService(unit) && !IsGone(unit))
            {
                Count(unit);
            }
        }
    }

    /// <summary>All that a service is up for.</summary>
    public IReadOnlyList<int> Of(int service) => _users.TryGetValue(service, out List<int>? users) ? users : [];

    /// <summary>Those, and all that these wait for, directly or not: whom a service that is up waits for (rule 11).</summary>
    public HashSet<int> AwaitedBy(int service)
    {
        if (!_awaited.TryGetValue(service, out HashSet<int>? awaited))
        {
            _awaited.Add(service, awaited = [.. Of(service)]);
            Stack<int> open = new(awaited);
            while (open.TryPop(out int unit))
            {
                foreach (Dependency dependency in _dependencies.AllOf(unit))
                {
                    if (awaited.Add(dependency.Unit))
                    {
                        open.Push(dependency.Unit);
                    }
                }
            }
        }

        return awaited;
    }

    /// <summary>A unit has ended, whether it started or not.</summary>
    public void Ended(int unit)
    {
        for (int entry = _firstUse[unit]; entry >= 0; entry = _uses[entry].Next)
        {
            if (--_left[_uses[entry].Service] == 0)
            {
                Leave(_uses[entry].Service);
            }
        }

        _firstUse[unit] = -1;
    }

    /// <summary>The next service that nobody needs any more.</summary>
    public bool TryTakeUnneeded(out int service) => _unneeded.TryDequeue(out service);

    private void Leave(int service)
    {
        if (!IsGone(service))
        {
            _unitsWhenLeft[service] = _graph.UnitCount;
            _unneeded.Enqueue(service);
        }
    }

    private void Count(int service)
    {
        HashSet<int> users = [];
        Stack<int> open = new([service]);
        while (open.TryPop(out int provider))
        {
            foreach (int user in _dependencies.NeedersOf(provider))
            {
                if (users.Add(user) && (_graph.TraitsOf(user) & (UnitTraits.Service | UnitTraits.Milestone)) != 0)
                {
                    open.Push(user);
                }
            }
        }

        foreach (int user in users.ToArray())
        {
            users.UnionWith(_finalizers.Of(user).Where(finalizer => !_waitForTheEnd.Contains((finalizer, service))));
        }

        // A milestone on the way to others does not need the service itself.
        users.RemoveWhere(user => (_graph.TraitsOf(user) & UnitTraits.Milestone) != 0 && _dependencies.NeedersOf(user).Any());
        _users.Add(service, [.. users.Order()]);
        foreach (int user in users)
        {
            if (!_state.HasEnded(user))
            {
                _uses.Add((service, _firstUse[user]));
                _firstUse[user] = _uses.Count - 1;
                _left[service]++;
            }
        }

        if (_held)
        {
            _left[service]++;
        }

        if (_left[service] == 0)
        {
            Leave(service);
        }
    }
}

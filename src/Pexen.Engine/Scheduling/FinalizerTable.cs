using Pexen.Model;

namespace Pexen.Scheduling;

/// <summary>Which finalizers are due: when all that they wait for has ended it is known whether they are needed (rule 24).</summary>
internal sealed class FinalizerTable
{
    private readonly ScheduleGraph _graph;
    private readonly StateTable _state;
    private readonly List<(int Finalizer, int Next)> _waiting = [];
    private readonly List<(int Finalizer, int Next)> _listing = [];
    private readonly Queue<int> _due = new();
    private int[] _firstWaiting = [];
    private int[] _firstListing = [];
    private int[] _left = [];
    private bool[] _started = [];
    private bool[] _failed = [];

    /// <param name="graph">The units.</param>
    /// <param name="state">How far they are.</param>
    /// <param name="held">Whether all of them also wait for <see cref="Release"/>.</param>
    public FinalizerTable(ScheduleGraph graph, StateTable state, bool held)
    {
        (_graph, _state) = (graph, state);
        Grow();
        for (int unit = 0; unit < graph.UnitCount; unit++)
        {
            if (IsFinalizer(unit))
            {
                foreach (Dependency dependency in graph.DependenciesOf(unit))
                {
                    Wait(unit, dependency);
                }

                if (held)
                {
                    _left[unit]++;
                }

                if (_left[unit] == 0)
                {
                    _due.Enqueue(unit);
                }
            }
        }
    }

    /// <summary>Finalizers were held back, and no more: those are due that wait for nothing else.</summary>
    public void Release()
    {
        for (int unit = 0; unit < _graph.UnitCount; unit++)
        {
            if (IsFinalizer(unit) && --_left[unit] == 0)
            {
                _due.Enqueue(unit);
            }
        }
    }

    public bool IsFinalizer(int unit) => (_graph.TraitsOf(unit) & UnitTraits.Finalizer) != 0;

    public void Grow()
    {
        int count = _graph.UnitCount;
        Growth.Reserve(ref _firstWaiting, count, -1);
        Growth.Reserve(ref _firstListing, count, -1);
        Growth.Reserve(ref _left, count, 0);
        Growth.Reserve(ref _started, count, false);
        Growth.Reserve(ref _failed, count, false);
    }

    /// <summary>A finalizer waits for one unit more.</summary>
    public void Wait(int finalizer, Dependency dependency)
    {
        if (dependency.Kind == DependencyKind.Finalizes)
        {
            _listing.Add((finalizer, _firstListing[dependency.Unit]));
            _firstListing[dependency.Unit] = _listing.Count - 1;
        }

        bool waits = dependency.Kind is DependencyKind.Finalizes or DependencyKind.After && !_state.HasEnded(dependency.Unit);
        if (waits)
        {
            _waiting.Add((finalizer, _firstWaiting[dependency.Unit]));
            _firstWaiting[dependency.Unit] = _waiting.Count - 1;
            _left[finalizer]++;
        }
    }

    /// <summary>Those that list the unit.</summary>
    public IEnumerable<int> Of(int unit)
    {
        for (int entry = _firstListing[unit]; entry >= 0; entry = _listing[entry].Next)
        {
            yield return _listing[entry].Finalizer;
        }
    }

    /// <summary>A unit that has started ended.</summary>
    public void Note(int unit, Completion completion)
    {
        _started[unit] = !completion.DidNotRun;
        _failed[unit] = completion.Failed;
    }

    /// <summary>An attempt ended and another is to follow; if none does that was its failure.</summary>
    public void NoteAttempt(int unit) => _started[unit] = _failed[unit] = true;

    /// <summary>Asked of one that has ended.</summary>
    public bool Succeeded(int finalizer) => _started[finalizer] && !_failed[finalizer] && _state[finalizer] == UnitState.Provided;

    /// <summary>A unit has ended, whether it started or not.</summary>
    public void Ended(int unit)
    {
        for (int entry = _firstWaiting[unit]; entry >= 0; entry = _waiting[entry].Next)
        {
            if (--_left[_waiting[entry].Finalizer] == 0)
            {
                _due.Enqueue(_waiting[entry].Finalizer);
            }
        }

        _firstWaiting[unit] = -1;
    }

    /// <summary>The next one for which all that it waits for has ended.</summary>
    public bool TryTakeDue(out int finalizer) => _due.TryDequeue(out finalizer);

    /// <summary>Asked of one that is due.</summary>
    public bool IsNeeded(int finalizer)
    {
        bool onlyAfterFailure = (_graph.TraitsOf(finalizer) & UnitTraits.OnlyAfterFailure) != 0;
        foreach (Dependency dependency in _graph.DependenciesOf(finalizer))
        {
            if (dependency.Kind == DependencyKind.Finalizes && (onlyAfterFailure ? _failed[dependency.Unit] : _started[dependency.Unit]))
            {
                return true;
            }
        }

        return false;
    }
}

using Pexen.Model;

namespace Pexen.Scheduling;

/// <summary>
/// Who waits for whom, seen from the provider, and how much each unit still waits for. The edges of the plan are packed by provider; those that are
/// added during the run follow behind, linked.
/// </summary>
internal sealed class DependencyTable
{
    private const int Requires = -1;
    private const int After = -2;

    /// <summary>A requirement of a finalizer: it waits for it, and goes on without it.</summary>
    private const int Wish = -3;

    private readonly ScheduleGraph _graph;
    private readonly int _packedUnits;
    private readonly int[] _start;
    private int[] _pending;
    private int[] _dependents;

    /// <summary>Of each edge the number of its choice among all choices, or one of the constants above; null if every edge is a requirement.</summary>
    private int[]? _kinds;
    private readonly List<Choice> _choices = [];
    private LaterEdges? _later;

    /// <summary>All who joined and depend on a unit, whether they had to wait for it or not. Kept only where there are services or finalizers.</summary>
    private Dictionary<int, List<(int Unit, bool Needs)>>? _laterDependents;
    private int _edgeCount;

    public DependencyTable(ScheduleGraph graph)
    {
        _graph = graph;
        _packedUnits = _graph.UnitCount;
        _edgeCount = _graph.DependencyCount;
        _pending = new int[_graph.UnitCount];
        _start = new int[_graph.UnitCount + 1];
        _dependents = new int[_edgeCount];
        bool plain = !graph.HasLifetimes;
        foreach (Dependency dependency in _graph.Dependencies.AsSpan(0, _edgeCount))
        {
            _start[dependency.Unit + 1]++;
            plain &= dependency.Kind == DependencyKind.Requires;
        }

        for (int unit = 0; unit < _graph.UnitCount; unit++)
        {
            _start[unit + 1] += _start[unit];
        }

        int[] next = _start.AsSpan(0, _graph.UnitCount).ToArray();
        if (plain)
        {
            AddRequirements(next);
        }
        else
        {
            _kinds = new int[_dependents.Length];
            AddEdges(next, _kinds);
        }
    }

    /// <summary>Whether a service was stopped, not started or is about to be stopped as nobody needs it, so that it provides nothing to those who come now; null where there are none.</summary>
    public Predicate<int>? WasLeft { get; set; }

    /// <summary>Nothing is left to wait for.</summary>
    public bool IsSatisfied(int unit) => _pending[unit] == 0;

    /// <summary>The first edge of the plan from a provider; those up to the first of the next unit are its own.</summary>
    public int FirstEdgeFrom(int provider) => _start[Math.Min(provider, _packedUnits)];

    /// <summary>The first of the edges from a provider that were added, or -1; <see cref="NextLaterEdge"/> gives the others.</summary>
    public int FirstLaterEdgeFrom(int provider) => _later is null ? -1 : _later.FirstFrom(provider);

    public int NextLaterEdge(int edge) => _later!.Next(edge);

    public int DependentOf(int edge) => _dependents[edge];

    /// <summary>The provider of an edge ended. What that means to the dependent, which may have ended itself.</summary>
    public EdgeEffect Note(int edge, bool provided, EdgeMoment moment = EdgeMoment.End)
    {
        int kind = _kinds is null ? Requires : _kinds[edge];
        if (moment == (kind == After ? EdgeMoment.Up : EdgeMoment.EndOfUp))
        {
            return EdgeEffect.None;
        }

        if (kind >= 0)
        {
            return NoteChoice(edge, _choices[kind], provided);
        }

        return provided || kind != Requires ? CountDown(edge) : EdgeEffect.CannotStart;
    }

    /// <summary>All that a unit waits for, what was added for it included.</summary>
    public IReadOnlyList<Dependency> AllOf(int unit)
    {
        ArraySegment<Dependency> planned = new(_graph.Dependencies, _graph.DependencyStart[unit], _graph.DependencyStart[unit + 1] - _graph.DependencyStart[unit]);
        return _later?.AddedTo(unit) is { Count: > 0 } added ? [.. planned, .. added] : planned;
    }

    /// <summary>Who waits for a unit, whether for what it provides or for its end. Also those that came later and found it there.</summary>
    public IEnumerable<int> DependentsOf(int provider)
    {
        int end = FirstEdgeFrom(provider + 1);
        for (int edge = FirstEdgeFrom(provider); edge < end; edge++)
        {
            yield return _dependents[edge];
        }

        foreach ((int unit, _) in LaterDependentsOf(provider))
        {
            yield return unit;
        }
    }

    /// <summary>Who waits for what a unit provides.</summary>
    public IEnumerable<int> NeedersOf(int provider)
    {
        int end = FirstEdgeFrom(provider + 1);
        for (int edge = FirstEdgeFrom(provider); edge < end; edge++)
        {
            if (_kinds is null || _kinds[edge] != After)
            {
                yield return _dependents[edge];
            }
        }

        foreach ((int unit, bool needs) in LaterDependentsOf(provider))
        {
            if (needs)
            {
                yield return unit;
            }
        }
    }

    /// <summary>A service waits for somebody who needs it, besides what it requires.</summary>
    public void WaitForDemand(int service) => _pending[service]++;

    /// <summary>Whether demand is all that a service waits for that waits for demand.</summary>
    public bool WaitsForDemandAlone(int service) => _pending[service] == 1;

    /// <summary>Somebody needs it. Whether nothing else is left to wait for.</summary>
    public bool MeetDemand(int service) => --_pending[service] == 0;

    private List<(int Unit, bool Needs)> LaterDependentsOf(int provider) =>
        _laterDependents is not null && _laterDependents.TryGetValue(provider, out List<(int Unit, bool Needs)>? dependents) ? dependents : [];

    /// <summary>The units a unit still waits for.</summary>
    public IEnumerable<int> UnfinishedOf(int unit, StateTable state)
    {
        foreach (Dependency dependency in AllOf(unit))
        {
            bool ofTheEnd = dependency.Kind is DependencyKind.After or DependencyKind.Finalizes;
            if (!state.HasEnded(dependency.Unit) && (ofTheEnd || state[dependency.Unit] != UnitState.Up))
            {
                yield return dependency.Unit;
            }
        }
    }

    /// <summary>Makes room for the units that the graph has got. They wait for nothing until <see cref="Add"/> says so.</summary>
    public void Grow()
    {
        _later ??= new LaterEdges(_edgeCount);
        Growth.Reserve(ref _pending, _graph.UnitCount, 0);
        _later.Grow(_graph.UnitCount);
    }

    /// <summary>A unit that was planned before waits for one unit more.</summary>
    public void AddToPlanned(int unit, Dependency dependency, StateTable state)
    {
        _later!.Note(unit, dependency);
        Add(unit, dependency, state);
    }

    /// <summary>A unit waits for one unit more, unless that has ended: then it counts as it ended. A service that is up counts as it is.</summary>
    public void Add(int unit, Dependency dependency, StateTable state)
    {
        bool ofTheEnd = dependency.Kind is DependencyKind.After or DependencyKind.Finalizes;
        if (_graph.HasLifetimes)
        {
            NoteDependent(dependency.Unit, unit, needs: !ofTheEnd);
        }

        bool ended = state.HasEnded(dependency.Unit) || (!ofTheEnd && IsUpOrLeft(dependency.Unit, state));
        if (dependency.Kind == DependencyKind.RequiresAny)
        {
            AddToChoice(unit, dependency, ended, Provides(dependency.Unit, state));
        }
        else if (!ended)
        {
            _pending[unit]++;
            AddEdge(unit, dependency.Unit, KindOf(unit, dependency));
        }
    }

    /// <summary>Whether the unit can never start because of a dependency. Asked when all that it waits for was added, as alternatives count together.</summary>
    public bool IsHopeless(int unit, Dependency dependency, StateTable state) => dependency.Kind switch
    {
        _ when (_graph.TraitsOf(unit) & UnitTraits.Finalizer) != 0 => false,
        DependencyKind.Requires => (state.HasEnded(dependency.Unit) || IsUpOrLeft(dependency.Unit, state)) && !Provides(dependency.Unit, state),
        DependencyKind.RequiresAny => _choices[_later!.ChoiceOf(unit, dependency.Choice)] is { IsMet: false, Left: 0 },
        _ => false,
    };

    /// <summary>
    /// A finalizer goes on without a choice of which nobody is left who could meet it. Asked when all that it waits for was added, as alternatives count
    /// together.
    /// </summary>
    public void GiveUp(int unit, Dependency dependency)
    {
        if (dependency.Kind != DependencyKind.RequiresAny || _choices[_later!.ChoiceOf(unit, dependency.Choice)] is not { IsWish: true, IsMet: false, Left: 0 } choice)
        {
            return;
        }

        choice.IsMet = choice.IsGivenUp = true;
        _pending[unit]--;
    }

    private bool Provides(int provider, StateTable state) => state.Provides(provider) && !IsLeft(provider);

    /// <summary>What a service has to give to those who come now is known when it is up, and when it is about to be stopped.</summary>
    private bool IsUpOrLeft(int provider, StateTable state) => state[provider] == UnitState.Up || IsLeft(provider);

    private bool IsLeft(int provider) => WasLeft is not null && (_graph.TraitsOf(provider) & UnitTraits.Service) != 0 && WasLeft(provider);

    private void NoteDependent(int provider, int unit, bool needs)
    {
        _laterDependents ??= [];
        if (!_laterDependents.TryGetValue(provider, out List<(int Unit, bool Needs)>? dependents))
        {
            _laterDependents.Add(provider, dependents = []);
        }

        dependents.Add((unit, needs));
    }

    private int KindOf(int unit, Dependency dependency) => dependency.Kind switch
    {
        DependencyKind.Requires => (_graph.TraitsOf(unit) & UnitTraits.Finalizer) != 0 ? Wish : Requires,
        _ => After,
    };

    private void AddToChoice(int unit, Dependency dependency, bool ended, bool provided)
    {
        int number = _later!.ChoiceOf(unit, dependency.Choice);
        if (number < 0)
        {
            number = NumberChoice(unit, dependency.Choice);
        }

        Choice choice = _choices[number];
        if (choice.IsGivenUp && !ended)
        {
            // There is hope again.
            choice.IsMet = choice.IsGivenUp = false;
            _pending[unit]++;
        }

        if (choice.IsMet)
        {
            return;
        }

        if (!ended)
        {
            choice.Left++;
            AddEdge(unit, dependency.Unit, number);
        }
        else if (provided)
        {
            choice.IsMet = true;
            _pending[unit]--;
        }
    }

    /// <summary>Choices of the plan are numbered as they were met with, so their numbers are found again by going the same way once.</summary>
    private int NumberChoice(int unit, int choice)
    {
        if (_later!.NumberChoices(_graph, _packedUnits) && _later.ChoiceOf(unit, choice) is >= 0 and int known)
        {
            return known;
        }

        _later.NoteChoice(unit, choice, _choices.Count);
        _choices.Add(new Choice { IsWish = (_graph.TraitsOf(unit) & UnitTraits.Finalizer) != 0 });
        _pending[unit]++;
        return _choices.Count - 1;
    }

    private void AddEdge(int unit, int provider, int kind)
    {
        if (_kinds is null && kind != Requires)
        {
            _kinds = new int[_dependents.Length];
            Array.Fill(_kinds, Requires);
        }

        int edge = _edgeCount++;
        Growth.Set(ref _dependents, edge, unit);
        if (_kinds is not null)
        {
            Growth.Reserve(ref _kinds, _dependents.Length, Requires);
            _kinds[edge] = kind;
        }

        _later!.Add(provider, edge);
    }

    private EdgeEffect NoteChoice(int edge, Choice choice, bool provided)
    {
        if (choice.IsMet)
        {
            return EdgeEffect.None;
        }

        choice.Left--;
        choice.IsGivenUp = !provided && choice.IsWish && choice.Left == 0;
        choice.IsMet = provided || choice.IsGivenUp;
        return choice.IsMet ? CountDown(edge) : choice.Left > 0 ? EdgeEffect.None : EdgeEffect.CannotStart;
    }

    private EdgeEffect CountDown(int edge) => --_pending[_dependents[edge]] == 0 ? EdgeEffect.Satisfied : EdgeEffect.None;

    /// <summary>The same as below for a plan without anything but requirements, which large ones mostly are.</summary>
    private void AddRequirements(int[] next)
    {
        for (int unit = 0; unit < _graph.UnitCount; unit++)
        {
            int end = _graph.DependencyStart[unit + 1];
            _pending[unit] = end - _graph.DependencyStart[unit];
            for (int index = _graph.DependencyStart[unit]; index < end; index++)
            {
                _dependents[next[_graph.Dependencies[index].Unit]++] = unit;
            }
        }
    }

    private void AddEdges(int[] next, int[] kinds)
    {
        Dictionary<int, int> choiceOf = [];
        for (int unit = 0; unit < _graph.UnitCount; unit++)
        {
            choiceOf.Clear();
            for (int index = _graph.DependencyStart[unit]; index < _graph.DependencyStart[unit + 1]; index++)
            {
                Dependency dependency = _graph.Dependencies[index];
                int kind = KindOf(unit, dependency);
                if (dependency.Kind == DependencyKind.RequiresAny)
                {
                    kind = FindChoice(choiceOf, dependency.Choice);
                    _choices[kind].Left++;
                    _choices[kind].IsWish = (_graph.TraitsOf(unit) & UnitTraits.Finalizer) != 0;
                }

                int edge = next[dependency.Unit]++;
                _dependents[edge] = unit;
                kinds[edge] = kind;
                _pending[unit] += kind < 0 ? 1 : 0;
            }

            _pending[unit] += choiceOf.Count;
        }
    }

    private int FindChoice(Dictionary<int, int> choiceOf, int number)
    {
        if (!choiceOf.TryGetValue(number, out int index))
        {
            index = _choices.Count;
            _choices.Add(new Choice());
            choiceOf.Add(number, index);
        }

        return index;
    }

    private sealed class Choice
    {
        public int Left { get; set; }

        public bool IsMet { get; set; }

        /// <summary>Of a finalizer: when nobody is left who could meet it, it goes on without.</summary>
        public bool IsWish { get; set; }

        /// <summary>It counts as met for that reason alone, until somebody joins who could meet it.</summary>
        public bool IsGivenUp { get; set; }
    }
}

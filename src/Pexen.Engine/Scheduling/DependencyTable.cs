using Pexen.Model;

namespace Pexen.Scheduling;

/// <summary>Who waits for whom, seen from the provider, and how much each unit still waits for.</summary>
internal sealed class DependencyTable
{
    private const int Requires = -1;
    private const int After = -2;

    private readonly ScheduleGraph _graph;
    private readonly int[] _pending;
    private readonly int[] _start;
    private readonly int[] _dependents;

    /// <summary>Of each edge the number of its choice among all choices, or one of the constants above; null if every edge is a requirement.</summary>
    private readonly int[]? _kinds;
    private readonly List<Choice> _choices = [];

    public DependencyTable(ScheduleGraph graph)
    {
        _graph = graph;
        _pending = new int[_graph.UnitCount];
        _start = new int[_graph.UnitCount + 1];
        _dependents = new int[_graph.Dependencies.Length];
        bool plain = true;
        foreach (Dependency dependency in _graph.Dependencies)
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

    /// <summary>Nothing is left to wait for.</summary>
    public bool IsSatisfied(int unit) => _pending[unit] == 0;

    /// <summary>The first edge from a provider; those up to the first of the next unit are its own.</summary>
    public int FirstEdgeFrom(int provider) => _start[provider];

    public int DependentOf(int edge) => _dependents[edge];

    /// <summary>The provider of an edge ended. What that means to the dependent, which may have ended itself.</summary>
    public EdgeEffect Note(int edge, bool provided)
    {
        int kind = _kinds is null ? Requires : _kinds[edge];
        if (kind >= 0)
        {
            return NoteChoice(edge, _choices[kind], provided);
        }

        return provided || kind == After ? CountDown(edge) : EdgeEffect.CannotStart;
    }

    /// <summary>The units a unit still waits for.</summary>
    public IEnumerable<int> UnfinishedOf(int unit, StateTable state)
    {
        for (int index = _graph.DependencyStart[unit]; index < _graph.DependencyStart[unit + 1]; index++)
        {
            int other = _graph.Dependencies[index].Unit;
            if (state[other] < UnitState.Provided)
            {
                yield return other;
            }
        }
    }

    private EdgeEffect NoteChoice(int edge, Choice choice, bool provided)
    {
        if (choice.IsMet)
        {
            return EdgeEffect.None;
        }

        choice.Left--;
        choice.IsMet = provided;
        return provided ? CountDown(edge) : choice.Left > 0 ? EdgeEffect.None : EdgeEffect.CannotStart;
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
                int kind = dependency.Kind == DependencyKind.Requires ? Requires : After;
                if (dependency.Kind == DependencyKind.RequiresAny)
                {
                    kind = FindChoice(choiceOf, dependency.Choice);
                    _choices[kind].Left++;
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
    }
}

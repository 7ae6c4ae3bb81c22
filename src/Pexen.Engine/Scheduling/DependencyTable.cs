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
    private readonly Edge[] _edges;
    private readonly List<Choice> _choices = [];

    public DependencyTable(ScheduleGraph graph)
    {
        _graph = graph;
        _pending = new int[_graph.UnitCount];
        _start = new int[_graph.UnitCount + 1];
        _edges = new Edge[_graph.Dependencies.Length];
        foreach (Dependency dependency in _graph.Dependencies)
        {
            _start[dependency.Unit + 1]++;
        }

        for (int unit = 0; unit < _graph.UnitCount; unit++)
        {
            _start[unit + 1] += _start[unit];
        }

        AddEdges();
    }

    /// <summary>Nothing is left to wait for.</summary>
    public bool IsSatisfied(int unit) => _pending[unit] == 0;

    public ReadOnlySpan<Edge> EdgesFrom(int provider) => _edges.AsSpan(_start[provider], _start[provider + 1] - _start[provider]);

    /// <summary>The provider of an edge ended. False when the dependent can never start now.</summary>
    public bool Note(Edge edge, bool provided)
    {
        if (edge.Kind >= 0)
        {
            return NoteChoice(edge, provided);
        }

        if (!provided && edge.Kind == Requires)
        {
            return false;
        }

        _pending[edge.Unit]--;
        return true;
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

    private bool NoteChoice(Edge edge, bool provided)
    {
        Choice choice = _choices[edge.Kind];
        if (choice.IsMet)
        {
            return true;
        }

        choice.Left--;
        if (provided)
        {
            choice.IsMet = true;
            _pending[edge.Unit]--;
        }

        return provided || choice.Left > 0;
    }

    private void AddEdges()
    {
        int[] next = _start.AsSpan(0, _graph.UnitCount).ToArray();
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

                _edges[next[dependency.Unit]++] = new Edge(unit, kind);
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

    /// <summary>Somebody waits for a unit.</summary>
    /// <param name="Unit">Who waits.</param>
    /// <param name="Kind">The number of a choice among all choices, or one of the constants above.</param>
    internal readonly record struct Edge(int Unit, int Kind);

    private sealed class Choice
    {
        public int Left { get; set; }

        public bool IsMet { get; set; }
    }
}

using Pexen.Model;

namespace Pexen.Scheduling;

/// <summary>Who waits for whom, seen from the provider, and how much each unit still waits for.</summary>
internal sealed class DependencyTable
{
    private const int Requires = -1;
    private const int After = -2;

    private readonly ScheduleGraph graph;
    private readonly int[] pending;
    private readonly int[] start;
    private readonly Edge[] edges;
    private readonly List<Choice> choices = [];

    public DependencyTable(ScheduleGraph graph)
    {
        this.graph = graph;
        pending = new int[graph.UnitCount];
        start = new int[graph.UnitCount + 1];
        edges = new Edge[graph.Dependencies.Length];
        foreach (Dependency dependency in graph.Dependencies)
        {
            start[dependency.Unit + 1]++;
        }

        for (int unit = 0; unit < graph.UnitCount; unit++)
        {
            start[unit + 1] += start[unit];
        }

        AddEdges();
    }

    /// <summary>Nothing is left to wait for.</summary>
    public bool IsSatisfied(int unit) => pending[unit] == 0;

    public ReadOnlySpan<Edge> EdgesFrom(int provider) => edges.AsSpan(start[provider], start[provider + 1] - start[provider]);

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

        pending[edge.Unit]--;
        return true;
    }

    /// <summary>The units a unit still waits for.</summary>
    public IEnumerable<int> UnfinishedOf(int unit, UnitState[] state)
    {
        for (int index = graph.DependencyStart[unit]; index < graph.DependencyStart[unit + 1]; index++)
        {
            int other = graph.Dependencies[index].Unit;
            if (state[other] < UnitState.Provided)
            {
                yield return other;
            }
        }
    }

    private bool NoteChoice(Edge edge, bool provided)
    {
        Choice choice = choices[edge.Kind];
        if (choice.IsMet)
        {
            return true;
        }

        choice.Left--;
        if (provided)
        {
            choice.IsMet = true;
            pending[edge.Unit]--;
        }

        return provided || choice.Left > 0;
    }

    private void AddEdges()
    {
        int[] next = start.AsSpan(0, graph.UnitCount).ToArray();
        Dictionary<int, int> choiceOf = [];
        for (int unit = 0; unit < graph.UnitCount; unit++)
        {
            choiceOf.Clear();
            for (int index = graph.DependencyStart[unit]; index < graph.DependencyStart[unit + 1]; index++)
            {
                Dependency dependency = graph.Dependencies[index];
                int kind = dependency.Kind == DependencyKind.Requires ? Requires : After;
                if (dependency.Kind == DependencyKind.RequiresAny)
                {
                    kind = FindChoice(choiceOf, dependency.Choice);
                    choices[kind].Left++;
                }

                edges[next[dependency.Unit]++] = new Edge(unit, kind);
                pending[unit] += kind < 0 ? 1 : 0;
            }

            pending[unit] += choiceOf.Count;
        }
    }

    private int FindChoice(Dictionary<int, int> choiceOf, int number)
    {
        if (!choiceOf.TryGetValue(number, out int index))
        {
            index = choices.Count;
            choices.Add(new Choice());
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

using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Who waits for whom in a run, seen from those who are waited for.</summary>
internal sealed class Dependents
{
    private readonly int[] _starts;
    private readonly Dependency[] _edges;

    public Dependents(RunGraph graph)
    {
        int count = graph.Members.Length;
        _starts = new int[count + 1];
        foreach (Dependency edge in graph.Edges)
        {
            _starts[edge.Unit + 1]++;
        }

        for (int member = 0; member < count; member++)
        {
            _starts[member + 1] += _starts[member];
        }

        int[] next = _starts[..count];
        _edges = new Dependency[graph.Edges.Length];
        for (int member = 0; member < count; member++)
        {
            foreach (Dependency edge in graph.EdgesOf(member))
            {
                _edges[next[edge.Unit]++] = edge with { Unit = member };
            }
        }
    }

    /// <summary>Those who wait for a unit, and why.</summary>
    public ReadOnlySpan<Dependency> Of(int member) => _edges.AsSpan(_starts[member].._starts[member + 1]);

    /// <summary>All who wait for any of these, directly or not, without these themselves unless they wait for each other; in order of declaration.</summary>
    /// <param name="from">Where to begin.</param>
    /// <param name="onlyNeeds">Only by <c>Requires</c> and <c>RequiresAny</c>.</param>
    /// <param name="through">Which of those found to go on from.</param>
    public SortedSet<int> Closure(IEnumerable<int> from, bool onlyNeeds, Predicate<int> through)
    {
        SortedSet<int> found = [];
        Stack<int> open = new(from);
        while (open.TryPop(out int member))
        {
            foreach (Dependency edge in Of(member))
            {
                bool counts = !onlyNeeds || edge.Kind is DependencyKind.Requires or DependencyKind.RequiresAny;
                if (counts && found.Add(edge.Unit) && through(edge.Unit))
                {
                    open.Push(edge.Unit);
                }
            }
        }

        return found;
    }
}

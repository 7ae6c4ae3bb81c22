using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Rule 9: which of two ready units starts first. Priority, then the longer remaining path, then the order of declaration.</summary>
internal static class ReadyOrder
{
    /// <summary>Whether there is an order at all: no cycle.</summary>
    public static bool HasOrder(RunGraph graph) => RemainingPaths(graph, new double[graph.Members.Length]) is not null;

    /// <summary>Rank of each unit, 0 first. The graph has no cycle.</summary>
    /// <param name="graph">Who waits for whom.</param>
    /// <param name="priorities">Lower starts first.</param>
    /// <param name="weights">How long each takes, in any unit of measure.</param>
    public static int[] Ranks(RunGraph graph, int[] priorities, double[] weights)
    {
        int count = graph.Members.Length;
        double[] remaining = RemainingPaths(graph, weights) ?? throw new ArgumentException("The graph has a cycle.", nameof(graph));
        int[] order = new int[count];
        for (int unit = 0; unit < count; unit++)
        {
            order[unit] = unit;
        }

        Array.Sort(order, (one, other) =>
        {
            int byPriority = priorities[one].CompareTo(priorities[other]);
            int byPath = byPriority != 0 ? byPriority : remaining[other].CompareTo(remaining[one]);
            return byPath != 0 ? byPath : one.CompareTo(other);
        });

        int[] ranks = new int[count];
        for (int rank = 0; rank < count; rank++)
        {
            ranks[order[rank]] = rank;
        }

        return ranks;
    }

    /// <summary>
    /// For each unit its weight and that of the heaviest chain of units that wait for it. Walks from those that nobody waits for
    /// towards those that wait for nobody, each edge once; null where a cycle keeps some from their turn.
    /// </summary>
    private static double[]? RemainingPaths(RunGraph graph, double[] weights)
    {
        int count = graph.Members.Length;
        int[] dependents = new int[count];
        foreach (Dependency edge in graph.Edges)
        {
            dependents[edge.Unit]++;
        }

        int[] queue = new int[count];
        int end = 0;
        for (int unit = 0; unit < count; unit++)
        {
            if (dependents[unit] == 0)
            {
                queue[end++] = unit;
            }
        }

        double[] behind = new double[count];
        for (int next = 0; next < end; next++)
        {
            int unit = queue[next];
            behind[unit] += weights[unit];
            foreach (Dependency edge in graph.EdgesOf(unit))
            {
                behind[edge.Unit] = Math.Max(behind[edge.Unit], behind[unit]);
                if (--dependents[edge.Unit] == 0)
                {
                    queue[end++] = edge.Unit;
                }
            }
        }

        return end == count ? behind : null;
    }

    /// <summary>
    /// Recorded durations; a unit without one counts as the mean of those that have one, so that a new unit is neither first nor last
    /// for being new. Without any record each unit counts one.
    /// </summary>
    public static double[] Weights(IReadOnlyList<UnitDefinition> units, int[] members, IReadOnlyDictionary<string, double> durations)
    {
        double[] weights = new double[members.Length];
        Array.Fill(weights, 1);
        if (durations.Count == 0)
        {
            return weights;
        }

        Array.Fill(weights, -1);
        (double sum, int known) = (0, 0);
        for (int member = 0; member < members.Length; member++)
        {
            if (durations.TryGetValue(units[members[member]].Name, out double milliseconds) && double.IsFinite(milliseconds) && milliseconds >= 0)
            {
                weights[member] = milliseconds;
                (sum, known) = (sum + milliseconds, known + 1);
            }
        }

        double mean = known == 0 ? 1 : sum / known;
        for (int member = 0; member < members.Length; member++)
        {
            weights[member] = weights[member] < 0 ? mean : weights[member];
        }

        return weights;
    }
}

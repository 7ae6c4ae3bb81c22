using System.Text;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>A way round, as places in the run.</summary>
/// <param name="Path">Each waits for the next; the last is the first again.</param>
/// <param name="More">Units of the knot that are not on the path.</param>
internal sealed record Cycle(List<int> Path, int More)
{
    /// <summary>A path longer than this is shown by its two ends.</summary>
    private const int Shown = 40;

    /// <summary><c>a -> b -After-> a</c>: soft edges, and those that have alternatives, are marked.</summary>
    public string Describe(RunGraph graph, IReadOnlyList<UnitDefinition> units)
    {
        StringBuilder text = new(units[graph.Members[Path[0]]].Name);
        for (int step = 1; step < Path.Count; step++)
        {
            if (Path.Count > Shown && step == Shown / 2)
            {
                int skipped = Path.Count - Shown;
                text.Append(" -> … ").Append(skipped).Append(" more …");
                step += skipped;
            }

            text.Append(Arrow(graph, Path[step - 1], Path[step])).Append(units[graph.Members[Path[step]]].Name);
        }

        return text.ToString();
    }

    private static string Arrow(RunGraph graph, int from, int to)
    {
        DependencyKind kind = DependencyKind.Serves;
        foreach (Dependency edge in graph.EdgesOf(from))
        {
            if (edge.Unit == to && edge.Kind < kind)
            {
                kind = edge.Kind;
            }
        }

        return kind == DependencyKind.Requires ? " -> " : $" -{kind}-> ";
    }
}

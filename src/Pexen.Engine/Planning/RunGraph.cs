using Pexen.Model;

namespace Pexen.Planning;

/// <summary>The units of one run and who waits for whom: flat arrays, indexed by place in the run.</summary>
/// <param name="Run">Which run.</param>
/// <param name="Members">Place among all units of the project, in order of declaration.</param>
/// <param name="Starts">Where the edges of each unit begin in <paramref name="Edges"/>; one longer than <paramref name="Members"/>.</param>
/// <param name="Edges">What each unit waits for; the numbers are places in the run.</param>
/// <param name="FromEarlier">Requirements that only an earlier phase can meet.</param>
internal sealed record RunGraph(PhaseRun Run, int[] Members, int[] Starts, Dependency[] Edges, List<EarlierRequirement> FromEarlier)
{
    public ReadOnlySpan<Dependency> EdgesOf(int member) => Edges.AsSpan(Starts[member]..Starts[member + 1]);
}

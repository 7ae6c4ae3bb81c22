using Pexen.Benchmarks.Measuring;

namespace Pexen.Benchmarks.NoOp;

/// <summary>What 1,000 milestones cost a build in which nothing is left to do.</summary>
internal static class NoOpFigure
{
    private const int Milestones = 1000;

    /// <summary>Each milestone requires the one this far before it, so that there are edges as well.</summary>
    private const int Stride = 10;

    public static void Measure(Options options)
    {
        string items = string.Join('\n', Enumerable.Range(0, Milestones).Select(Milestone));
        var project = new SampleProject(Path.Combine(options.Text("scratch"), "noop"), options.Text("feed"), options.Text("version"), items);
        List<ChildProcess> with = [], without = [];
        for (int round = 0; round < options.Number("rounds", 11); round++)
        {
            with.Add(project.Build());
            without.Add(project.Build("-p:PexenEnabled=false"));
        }

        var table = new FigureTable(options.Text("table"));
        table.Note($"no-op build, {Milestones:N0} milestones", Spread(with));
        table.Note("the same, `PexenEnabled=false`", Spread(without));
        table.AtMost("no-op build, wall", "with : without", with.Zip(without, (one, other) => one.Wall / other.Wall).Median(), 1.25);
        table.AtMost("no-op build, CPU", "with : without", with.Zip(without, (one, other) => one.Processor / other.Processor).Median(), 1.25);
    }

    private static string Milestone(int index) =>
        index < Stride ? $"""<PexenUnit Include="m{index}" />""" : $"""<PexenUnit Include="m{index}" Requires="m{index - Stride}" />""";

    private static string Spread(List<ChildProcess> builds) =>
        $"{builds.ConvertAll(build => build.Wall.TotalSeconds).Spread("0.00")} s, CPU {builds.ConvertAll(build => build.Processor.TotalSeconds).Spread("0.00")} s";
}

using Pexen.Benchmarks.Measuring;

namespace Pexen.Benchmarks.Start;

/// <summary>
/// From the moment at which MSBuild starts the task to the moment at which the first process of the first unit is in its main function: the
/// first is told by a logger, the second by the unit.
/// </summary>
internal static class StartFigure
{
    /// <summary>By its name: only the measured build has the assembly that its interface is in.</summary>
    private const string Logger = "Pexen.Benchmarks.Start.TaskStartLogger";

    public static void Measure(Options options)
    {
        string directory = Path.Combine(options.Text("scratch"), "start"), began = Path.Combine(directory, "began"), arrived = Path.Combine(directory, "arrived");
        string unit = $"""<PexenUnit Include="first" Executable="{options.Text("stamp")}" Arguments="{arrived}" />""";
        var project = new SampleProject(directory, options.Text("feed"), options.Text("version"), unit);
        var supervisor = new SupervisorStart(PackedHost.Unpack(options), options.Text("stamp"), directory);
        List<double> whole = [], hello = [], process = [];
        for (int round = 0; round < options.Number("rounds", 15); round++)
        {
            File.Delete(began);
            File.Delete(arrived);
            project.Build($"-logger:{Logger},{typeof(StartFigure).Assembly.Location};{began}");
            whole.Add((Stamp(arrived) - Stamp(began)) / 1e6);
            (double toHello, double toProcess) = supervisor.Measure();
            hello.Add(toHello);
            process.Add(toProcess);
        }

        var table = new FigureTable(options.Text("table"));
        table.AtMost("task started → first process of the first unit, ms", whole.Spread("0"), whole.Median(), 80);
        table.Note("of it: `dotnet exec` started → the supervisor speaks", $"{hello.Spread("0")} ms");
        table.Note("of it: `dotnet exec` started → first process", $"{process.Spread("0")} ms");
    }

    internal static long Stamp(string file) => long.Parse(File.ReadAllText(file));
}

using Pexen.Benchmarks.Measuring;
using Pexen.Model;

namespace Pexen.Benchmarks.Launching;

/// <summary>2,000 times <c>true</c>, two at a time: ours, the C loop, ninja and make, round after round beside each other.</summary>
internal static class LaunchFigure
{
    private const int Launches = 2000;

    public static void Measure(Options options)
    {
        string scratch = options.Text("scratch"), host = PackedHost.Unpack(options);
        int count = options.Number("count", Launches);
        var floor = new SpawnLoop(options.Text("spawn"));
        var direct = new Supervisor("Pexen.Host, Executable", host, Path.Combine(scratch, "direct"), new ExecutableWork("/bin/true", []));
        var shell = new Supervisor("Pexen.Host, Command", host, Path.Combine(scratch, "shell"), new CommandWork("true"));
        var ninja = new Ninja(Path.Combine(scratch, "ninja"));
        var make = new Make(Path.Combine(scratch, "make"));
        Launcher[] launchers = [floor, direct, ninja, shell, make];
        for (int round = 0; round < options.Number("rounds", 7); round++)
        {
            foreach (Launcher launcher in launchers)
            {
                launcher.Round(count);
            }
        }

        var table = new FigureTable(options.Text("table"));
        foreach (Launcher launcher in launchers)
        {
            table.Note($"{count:N0} × `true`: {launcher.Name}", $"{launcher.Processor.Spread("0.000")} ms CPU each, {launcher.PerSecond.Spread("0")} launches/s");
        }

        table.AtMost("CPU of a launch, `Executable`, against the C loop", Against(direct.Processor, floor.Processor, "0.000 ms"), Ratio(direct.Processor, floor.Processor), 1.25);
        table.AtLeast("launches per second, `Executable`, against ninja", Against(direct.PerSecond, ninja.PerSecond, "0"), Ratio(direct.PerSecond, ninja.PerSecond), 1.5);
        table.AtLeast("launches per second, `Command`, against ninja", Against(shell.PerSecond, ninja.PerSecond, "0"), Ratio(shell.PerSecond, ninja.PerSecond), 0.9);
    }

    private static string Against(double[] ours, double[] theirs, string format) => $"{ours.Median().ToString(format)} : {theirs.Median().ToString(format)}";

    /// <summary>The median of the ratios within a round: what disturbs the machine for longer disturbs both sides of each.</summary>
    private static double Ratio(double[] ours, double[] theirs) => ours.Zip(theirs, (mine, other) => mine / other).Median();
}

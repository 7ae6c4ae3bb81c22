using System.Globalization;
using Pexen.Benchmarks.Measuring;
using Pexen.Execution;
using Pexen.Execution.Dispatching;
using Pexen.Execution.Local;
using Pexen.Model;

namespace Pexen.Benchmarks.Stopping;

/// <summary>
/// Two hundred trees of two processes each, all due at the same moment, which do not obey: how late SIGTERM reaches the last process of a tree,
/// and how long after the moment at which it may be killed all of it is reaped and its end told.
/// </summary>
internal static class StopFigure
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(300);

    public static void Measure(Options options)
    {
        int trees = options.Number("trees", 200);
        List<double> late = [], reaped = [];
        List<double> lateRounds = [], reapedRounds = [];
        for (int round = 0; round < options.Number("rounds", 5); round++)
        {
            (double[] roundLate, double[] roundReaped) = Round(options, trees, round);
            late.AddRange(roundLate);
            reaped.AddRange(roundReaped);
            lateRounds.Add(roundLate.Percentile(95));
            reapedRounds.Add(roundReaped.Percentile(95));
        }

        string more = options.Find("label") is string label ? $", {label}" : "";
        var table = new FigureTable(options.Text("table"));
        table.AtMost($"{trees} trees due at once: SIGTERM late at the last process of a tree, ms, 95th percentile{more}", Describe(late, lateRounds), late.Percentile(95), 5);
        table.AtMost($"the same trees, which ignore it: due to be killed → all reaped, ms, 95th percentile{more}", Describe(reaped, reapedRounds), reaped.Percentile(95), 20);
    }

    /// <returns>For each tree, in milliseconds.</returns>
    private static (double[] Late, double[] Reaped) Round(Options options, int trees, int round)
    {
        string folder = Path.Combine(options.Text("scratch"), $"stop-{round}");
        Directory.CreateDirectory(folder);
        string map = Path.Combine(folder, "stamps");
        using var stamps = new TreeStamps(map, trees);
        TimeSpan limit = TimeSpan.FromSeconds(options.Number("seconds", 4));
        LocalExecutor.PrepareProcess();
        var time = new StampedTime();
        var request = new RunRequest
        {
            RunId = string.Create(CultureInfo.InvariantCulture, $"stop-{Environment.ProcessId}-{round}"),
            BuildId = "bench",
            ProjectFile = Path.Combine(folder, "stop.proj"),
            ProjectName = "stop.proj",
            Phase = "AfterBuild",
            Folder = Path.Combine(folder, "AfterBuild"),
            MaxParallel = trees,
            Timeout = limit,
            Plan = new Plan { Units = [.. Enumerable.Range(0, trees).Select(index => Tree(options.Text("tree"), map, folder, trees, index))] },
        };
        ChildEnvironment environment = ChildEnvironment.OfThisProcess();
        using var executor = new StampedExecutor(LocalExecutor.Create(), trees);
        var dispatcher = new Dispatcher(
            request,
            executor,
            time,
            _ => { },
            (unit, attempt, slot, inherited) => environment.For(new AttemptIdentity(unit.Name, request.RunId, attempt, folder, slot, 1), [], inherited));
        dispatcher.Run();
        long due = time.First + (limit.Ticks * 100);
        double[] late = new double[trees], reaped = new double[trees];
        for (int tree = 0; tree < trees; tree++)
        {
            (long first, long last) = stamps.SignalOf(tree);
            late[tree] = (last - due) / 1e6;
            reaped[tree] = ((executor.Ends[tree] - first) / 1e6) - Grace.TotalMilliseconds;
        }

        return (late, reaped);
    }

    private static string Describe(List<double> all, List<double> rounds) => string.Create(
        CultureInfo.InvariantCulture,
        $"half {all.Median():0.0}, 95 of 100 {all.Percentile(95):0.0} (by round {rounds.Min():0.0}-{rounds.Max():0.0}), last {all.Max():0.0}");

    private static PlannedUnit Tree(string program, string map, string folder, int trees, int index) => new()
    {
        Index = index,
        Rank = index,
        Definition = new UnitDefinition
        {
            Name = $"u{index}",
            Work = new ExecutableWork(program, [map, $"{trees}", $"{index}"]),
            WorkingDirectory = folder,
            Provides = [new Capability($"u{index}", null)],
            GracePeriod = Grace,
        },
    };
}

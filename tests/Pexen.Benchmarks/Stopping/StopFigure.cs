using System.Globalization;
using System.Runtime.Versioning;
using Pexen.Benchmarks.Measuring;
using Pexen.Execution;
using Pexen.Execution.Dispatching;
using Pexen.Execution.Local;
using Pexen.Model;

namespace Pexen.Benchmarks.Stopping;

/// <summary>
/// Two hundred trees of two processes each, all due at the same moment, which do not obey: how late SIGTERM is sent to them and reaches the last process of
/// each, and how long after the kill all of a tree is reaped. A first round, whose code has to be compiled, does not count.
/// </summary>
[SupportedOSPlatform("linux")]
internal static class StopFigure
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(300);

    public static void Measure(Options options)
    {
        int trees = options.Number("trees", 200);
        var sent = new StopSeries();
        var noted = new StopSeries();
        var killed = new StopSeries();
        var reaped = new StopSeries();
        var told = new StopSeries();
        var gone = new StopSeries();
        for (int round = 0; round <= options.Number("rounds", 5); round++)
        {
            string folder = Path.Combine(options.Text("scratch"), $"stop-{round}");
            Directory.CreateDirectory(folder);
            using var stamps = new TreeStamps(Path.Combine(folder, "stamps"), trees);
            using var executor = new StampedExecutor(trees);
            long due = Run(options, trees, folder, executor);
            if (round > 0)
            {
                sent.Add(trees, tree => executor.Asked[tree] - due);
                noted.Add(trees, tree => stamps.SignalOf(tree) - due);
                killed.Add(trees, tree => executor.Killed[tree] - due - (Grace.Ticks * 100));
                reaped.Add(trees, tree => executor.Reaped[tree] - executor.Killed[tree]);
                told.Add(trees, tree => executor.Ends[tree] - executor.Killed[tree]);
                gone.Add(trees, tree => executor.Reaped[tree] - due - (Grace.Ticks * 100));
            }
        }

        string more = options.Find("label") is string label ? $", {label}" : "";
        var table = new FigureTable(options.Text("table"));
        table.AtMost($"{trees} trees due at the same moment: due → SIGTERM sent, ms{more}", sent.ToString(), sent.Late, 5);
        table.Note($"the same: due → the last process of the tree has it{more}", $"{noted} ms");
        table.Note($"the same trees, which ignore it: due to be killed → SIGKILL sent{more}", $"{killed} ms");
        table.AtMost($"the same: SIGKILL sent → all of the tree reaped, ms{more}", reaped.ToString(), reaped.Late, 20);
        table.Note($"the same: due to be killed → all of the tree reaped{more}", $"{gone} ms");
        table.Note($"the same: SIGKILL sent → its end told, those before it recorded{more}", $"{told} ms");
    }

    /// <returns>When all were due.</returns>
    private static long Run(Options options, int trees, string folder, StampedExecutor executor)
    {
        TimeSpan limit = TimeSpan.FromSeconds(options.Number("seconds", 4));
        LocalExecutor.PrepareProcess();
        var time = new StampedTime();
        var request = new RunRequest
        {
            RunId = string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(folder)}-{Environment.ProcessId}"),
            BuildId = "bench",
            ProjectFile = Path.Combine(folder, "stop.proj"),
            ProjectName = "stop.proj",
            Phase = "AfterBuild",
            Folder = Path.Combine(folder, "AfterBuild"),
            MaxParallel = trees,
            Timeout = limit,
            Plan = new Plan { Units = [.. Enumerable.Range(0, trees).Select(index => Tree(options.Text("tree"), folder, trees, index))] },
        };
        ChildEnvironment environment = ChildEnvironment.OfThisProcess();
        var dispatcher = new Dispatcher(
            request,
            executor,
            time,
            _ => { },
            (unit, attempt, slot, inherited) => environment.For(new AttemptIdentity(unit.Name, request.RunId, attempt, folder, slot, 1), [], inherited));
        dispatcher.Run();
        return time.First + (limit.Ticks * 100);
    }

    private static PlannedUnit Tree(string program, string folder, int trees, int index) => new()
    {
        Index = index,
        Rank = index,
        Definition = new UnitDefinition
        {
            Name = $"u{index}",
            Work = new ExecutableWork(program, [Path.Combine(folder, "stamps"), $"{trees}", $"{index}"]),
            WorkingDirectory = folder,
            Provides = [new Capability($"u{index}", null)],
            GracePeriod = Grace,
        },
    };
}

using System.Diagnostics;
using System.Globalization;
using Pexen.Benchmarks.Measuring;
using Pexen.Scheduling;

namespace Pexen.Benchmarks.Scheduling;

/// <summary>What scheduling costs without processes: construction and a whole run, each shape at several sizes, interleaved, so that a busy machine hits all alike.</summary>
internal static class ScheduleFigure
{
    private const string OneResource = "one resource claimed by all";

    private static readonly (string Name, Func<int, ScheduleGraph> Create, int[] Sizes, int MaxParallel)[] Shapes =
    [
        ("five edges, 2 claims + 2 uses of 100", SyntheticGraph.EdgesAndLocks, [10_000, 100_000, 1_000_000], 8),
        ("the same, two slots", SyntheticGraph.EdgesAndLocks, [10_000, 100_000, 1_000_000], 2),
        ("no edges, 2 claims + 2 uses of 100", SyntheticGraph.OnlyLocks, [10_000, 100_000], 8),
        (OneResource, SyntheticGraph.OneResource, [10_000, 100_000, 1_000_000], 8),
        ("all claim the same two, and one claimer of each in ten", SyntheticGraph.TwoResources, [10_000, 100_000], 8),
        ("the same, each with one of 50 more", SyntheticGraph.TwoResourcesAndOthers, [10_000, 100_000], 8),
        ("readers with a writer in a thousand", SyntheticGraph.Readers, [10_000, 100_000], 8),
        ("children of one parent that is claimed at times", SyntheticGraph.Children, [10_000, 100_000], 8),
        ("a chain", SyntheticGraph.Chain, [10_000, 100_000], 8),
    ];

    public static void Measure(bool quick, FigureTable? table)
    {
        Console.WriteLine("| shape | slots | units | best ms | median ms | ns/unit | to the size before |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach ((string name, Func<int, ScheduleGraph> create, int[] sizes, int maxParallel) in Shapes)
        {
            ScheduleGraph[] graphs = [.. sizes.Where(size => !quick || size <= 100_000).Select(create)];
            double[][] times = [.. graphs.Select(_ => new double[quick ? 5 : 9])];
            Warm(graphs[0], maxParallel);
            for (int round = 0; round < times[0].Length; round++)
            {
                for (int size = 0; size < graphs.Length; size++)
                {
                    times[size][round] = Time(graphs[size], maxParallel);
                }
            }

            Print(name, maxParallel, graphs, times);
            if (table is not null)
            {
                AddRows(table, name, graphs, times);
            }
        }
    }

    private static void Warm(ScheduleGraph graph, int maxParallel)
    {
        for (int round = 0; round < 20; round++)
        {
            Run(graph, maxParallel);
        }
    }

    private static double Time(ScheduleGraph graph, int maxParallel)
    {
        GC.Collect();
        long start = Stopwatch.GetTimestamp();
        Run(graph, maxParallel);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>As the dispatcher drives it: start all that may, then the one that runs longest ends.</summary>
    private static void Run(ScheduleGraph graph, int maxParallel)
    {
        var scheduler = new UnitScheduler(graph, new ScheduleOptions(maxParallel));
        Queue<int> running = new();
        while (!scheduler.IsFinished)
        {
            while (scheduler.TryReadEvent(out _))
            {
            }

            while (scheduler.TryTakeNext(out Grant grant))
            {
                running.Enqueue(grant.Unit);
            }

            scheduler.Complete(running.Dequeue(), Completion.Success);
        }
    }

    /// <summary>The figures with a goal, from sorted times: medians, and what ten times as many units cost.</summary>
    private static void AddRows(FigureTable table, string name, ScheduleGraph[] graphs, double[][] times)
    {
        double[] medians = [.. times.Select(time => time.Median())];
        for (int size = 0; size < graphs.Length; size++)
        {
            string figure = string.Create(CultureInfo.InvariantCulture, $"scheduling, {name}: {graphs[size].UnitCount:N0} units");
            string measured = string.Create(CultureInfo.InvariantCulture, $"{medians[size]:0.0} ms");
            bool promised = name == Shapes[0].Name ? graphs[size].UnitCount == 1_000_000 : name == OneResource && size > 0;
            if (promised)
            {
                table.AtMost(figure + ", to a tenth of them", measured, medians[size] / medians[size - 1], 13);
            }

            if (name == Shapes[0].Name && graphs[size].UnitCount == 100_000)
            {
                table.AtMost(figure + ", ms", measured, medians[size], 100);
            }
        }
    }

    private static void Print(string name, int maxParallel, ScheduleGraph[] graphs, double[][] times)
    {
        double before = 0;
        for (int size = 0; size < graphs.Length; size++)
        {
            Array.Sort(times[size]);
            double best = times[size][0];
            double median = times[size][times[size].Length / 2];
            string ratio = before > 0 ? string.Create(CultureInfo.InvariantCulture, $"{best / before:F1}") : "";
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {maxParallel} | {graphs[size].UnitCount} | {best:F1} | {median:F1} | {best * 1e6 / graphs[size].UnitCount:F0} | {ratio} |"));
            before = best;
        }
    }
}

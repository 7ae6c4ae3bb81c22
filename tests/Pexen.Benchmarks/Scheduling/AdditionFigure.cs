using System.Diagnostics;
using System.Globalization;
using Pexen.Model;
using Pexen.Scheduling;

namespace Pexen.Benchmarks.Scheduling;

/// <summary>What it costs to add units one by one while others are there: twice as many may cost twice as much.</summary>
internal static class AdditionFigure
{
    private const int Present = 100_000;

    public static void Measure(bool quick)
    {
        Console.WriteLine("| added one by one to 100,000 | what | best ms | ns/unit |");
        Console.WriteLine("|---|---|---|---|");
        foreach ((string what, Func<int, int> priority, bool freshResource) in new (string, Func<int, int>, bool)[]
        {
            ("same priority, 2 edges, 2 resources", _ => 0, false),
            ("the same, each with a resource of its own below one of 100", _ => 0, true),
            ("ten priorities", unit => unit % 10, false),
            ("each of a lower priority", unit => -unit, false),
            ("each of a higher priority", unit => unit, false),
        })
        {
            foreach (int count in quick ? new[] { 2_500, 10_000 } : [2_500, 10_000, 40_000])
            {
                double best = Enumerable.Range(0, 3).Min(_ => Time(count, priority, freshResource));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {count} | {what} | {best:F1} | {best * 1e6 / count:F0} |"));
            }
        }
    }

    private static double Time(int count, Func<int, int> priority, bool freshResource)
    {
        ScheduleGraph graph = SyntheticGraph.EdgesAndLocks(Present);
        var scheduler = new UnitScheduler(graph, new ScheduleOptions(8));
        while (scheduler.TryTakeNext(out _))
        {
        }

        var random = new Random(5);
        GC.Collect();
        long start = Stopwatch.GetTimestamp();
        for (int added = 0; added < count; added++)
        {
            int unit = graph.UnitCount;
            int resource = freshResource ? graph.AddResource("", random.Next(100), 0) : random.Next(50);
            graph.AddUnit(
                priority(added),
                1,
                [new Dependency(random.Next(unit), DependencyKind.Requires), new Dependency(unit - 1, DependencyKind.After)],
                [new ScheduleHold(resource, HoldMode.Claim), new ScheduleHold(50 + random.Next(50), HoldMode.Use)]);
            scheduler.Add([new AddedDependency(100 + added, new Dependency(unit, DependencyKind.After))]);
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}

using System.Diagnostics;
using System.Globalization;
using Pexen.Benchmarks.Measuring;

namespace Pexen.Benchmarks.Library;

/// <summary>What the library costs for units that do nothing: to plan them, to run them, and to keep them in memory.</summary>
internal static class LibraryFigure
{
    private static readonly (string Name, Func<int, Unit[]> Create, bool Promised)[] Shapes =
    [
        ("no locks", count => [.. Numbers(count).Select(n => Empty(n))], false),
        ("one of 4 locks each", count => [.. Numbers(count).Select(n => Empty(n) with { Claims = [$"lock{n % 4}"] })], true),
        ("a claim and a use of 100 each", count => [.. Numbers(count).Select(n => Empty(n) with { Claims = [$"c{n % 100}"], Uses = [$"u{n * 7 % 100}"] })], true),
        ("a chain", count => [.. Numbers(count).Select(n => n == 0 ? Empty(n) : Empty(n) with { Requires = [$"u{n - 1}"] })], false),
        ("a chain that hands a value on", count => [.. Numbers(count).Select(HandOn)], false),
        ("async, one of 4 locks each", count => [.. Numbers(count).Select(n => Async(n) with { Claims = [$"lock{n % 4}"] })], false),
    ];

    public static async Task Measure(FigureTable? table)
    {
        Console.WriteLine("| shape | units | plan ms | run ms | run CPU ms | µs/unit | CPU µs/unit | kept bytes/unit | made bytes/unit |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach ((string name, Func<int, Unit[]> create, bool promised) in Shapes)
        {
            for (int round = 0; round < 5; round++)
            {
                await Run(create(10_000));
            }

            Sample[] small = await Repeat(() => create(10_000));
            Sample[] large = await Repeat(() => create(100_000));
            Print(name, 10_000, small);
            Print(name, 100_000, large);
            if (promised && table is not null)
            {
                double perUnit = large.Select(sample => sample.Run).Median() * 1000 / 100_000;
                table.AtMost($"library, {name}: 100,000 delegates, µs a unit", Text($"{perUnit * 100:0} ms"), perUnit, 2);
                table.AtMost($"the same to 10,000", Text($"{perUnit * 100:0} ms"), perUnit * 10 / (small.Select(sample => sample.Run).Median() * 1000 / 10_000), 13);
            }
        }
    }

    private static async Task<Sample[]> Repeat(Func<Unit[]> create)
    {
        Sample[] samples = new Sample[7];
        for (int round = 0; round < samples.Length; round++)
        {
            samples[round] = await Run(create());
        }

        return samples;
    }

    private static async Task<Sample> Run(Unit[] units)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long start = Stopwatch.GetTimestamp();
        var scheduler = new Scheduler(units, new SchedulerOptions { MaxParallel = 2 });
        double plan = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        long kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        long made = GC.GetTotalAllocatedBytes();
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        start = Stopwatch.GetTimestamp();
        int succeeded = 0;
        await foreach (UnitResult result in scheduler.RunAsync())
        {
            succeeded += result.Outcome == Outcome.Succeeded ? 1 : 0;
        }

        double run = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        double cpu = (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds;
        made = GC.GetTotalAllocatedBytes() - made;
        GC.KeepAlive(scheduler);
        return succeeded == units.Length
            ? new Sample(plan, run, cpu, kept / units.Length, made / units.Length)
            : throw new InvalidOperationException($"{succeeded} of {units.Length} succeeded");
    }

    private static void Print(string name, int count, Sample[] samples)
    {
        Sample median = new(
            samples.Select(sample => sample.Plan).Median(),
            samples.Select(sample => sample.Run).Median(),
            samples.Select(sample => sample.Cpu).Median(),
            samples[^1].Kept,
            samples[^1].Made);
        Console.WriteLine(Text(
            $"| {name} | {count} | {median.Plan:0} | {median.Run:0} | {median.Cpu:0} | {median.Run * 1000 / count:0.00} | {median.Cpu * 1000 / count:0.00} | {median.Kept} | {median.Made} |"));
    }

    private static Unit Empty(int number) => Unit.Create($"u{number}", static () => { });

    private static Unit Async(int number) => Unit.Create($"u{number}", static async () => await Task.Yield());

    private static Unit HandOn(int number) => number == 0
        ? Unit.Create("u0", static context => { context.Shared["n"] = 1; })
        : Unit.Create($"u{number}", static context => { context.Shared["n"] = (int)context.Shared["n"]! + 1; }) with { Requires = [$"u{number - 1}"] };

    private static IEnumerable<int> Numbers(int count) => Enumerable.Range(0, count);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Sample(double Plan, double Run, double Cpu, long Kept, long Made);
}

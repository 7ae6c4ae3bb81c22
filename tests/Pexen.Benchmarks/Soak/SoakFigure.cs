using Pexen.Benchmarks.Measuring;
using Pexen.Execution;
using Pexen.Execution.Protocol;

namespace Pexen.Benchmarks.Soak;

/// <summary>One long run to its end and ten that are cancelled at moments that nobody chose, all in one process, which must have no more after each than before.</summary>
internal static class SoakFigure
{
    /// <summary>The pool and the compiler of the runtime take and return threads as they like.</summary>
    private const int ThreadsOfTheRuntime = 4;

    /// <returns>The exit code: 1 if anything was wrong.</returns>
    public static int Measure(Options options)
    {
        string scratch = options.Text("scratch");
        string temporary = Directory.CreateDirectory(Path.Combine(scratch, "soak-tmp")).FullName;
        Environment.SetEnvironmentVariable("TMPDIR", temporary);
        int units = options.Number("units", 20_000);
        int seed = options.Number("seed", Random.Shared.Next());
        var random = new Random(seed);
        var limit = TimeSpan.FromSeconds(options.Number("seconds", 600));
        int wrong = 0;

        // What a first run, a first cancellation, and a first line to the console makes and keeps is not a leak.
        Console.WriteLine($"seed {seed}");
        Play(seed, 300, null);
        Play(seed, 300, TimeSpan.FromMilliseconds(200));
        Belongings before = Belongings.Count(temporary);
        SoakRun whole = Play(seed + 1, units, limit);
        Tell("whole", whole);
        for (int run = 0; run < options.Number("cancelled", 10); run++)
        {
            SoakRun cancelled = Play(seed + 2 + run, units, TimeSpan.FromTicks(random.NextInt64(Math.Max(1, Math.Min(whole.Duration.Ticks, TimeSpan.TicksPerSecond * 20)))));
            Tell($"cancelled {run + 1}", cancelled);
        }

        var table = new FigureTable(options.Text("table"));
        table.AtMost($"soak: {units} units of mixed kinds, then {options.Number("cancelled", 10)} such runs cancelled at random moments (seed {seed})", $"whole run {whole.Duration.TotalSeconds:0} s, {Words(whole.Counts)}; things wrong:", wrong, 0);
        return wrong == 0 ? 0 : 1;

        static string Words(OutcomeCounts counts) =>
            $"{counts.Units} units: {counts.Succeeded} succeeded, {counts.Failed} failed, {counts.TimedOut} timed out, {counts.Skipped} skipped, {counts.Cancelled} cancelled, {counts.NotNeeded} not needed";

        SoakRun Play(int seedOfRun, int count, TimeSpan? cancelAfter)
        {
            string folder = Path.Combine(scratch, $"soak-{seedOfRun}");
            RunRequest request = SoakRequest.Create(seedOfRun, folder, count, Environment.ProcessorCount * 4);
            SoakRun run = SoakRun.Play(request, temporary, cancelAfter);
            if (run.Problems.Count == 0)
            {
                Directory.Delete(folder, recursive: true);
            }

            return run;
        }

        void Tell(string name, SoakRun run)
        {
            Belongings after = Belongings.Count(temporary);
            bool leaks = after with { Threads = 0 } != before with { Threads = 0 } || after.Threads > before.Threads + ThreadsOfTheRuntime;
            wrong += run.Problems.Count + (leaks ? 1 : 0);
            Console.WriteLine($"{name}: {run.Outcome} after {run.Duration.TotalSeconds:0.0} s, {Words(run.Counts)}; before {before}, after {after}{(leaks ? ": LEAK" : "")}");
            if (leaks)
            {
                Console.WriteLine($"  open: {string.Join(' ', Belongings.OpenFiles())}");
            }

            foreach (string problem in run.Problems.Take(20))
            {
                Console.WriteLine($"  {problem}");
            }
        }
    }
}

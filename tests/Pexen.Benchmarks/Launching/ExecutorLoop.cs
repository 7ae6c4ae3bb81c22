using System.Diagnostics;
using System.Globalization;
using Pexen.Benchmarks.Measuring;
using Pexen.Execution;
using Pexen.Execution.Local;
using Pexen.Model;

namespace Pexen.Benchmarks.Launching;

/// <summary>The executor without scheduler, journal and record: what of a launch is its part. Runs in a process of its own, for it reaps every child.</summary>
internal static class ExecutorLoop
{
    private const int WarmUp = 200;

    /// <summary>Prints launches per second and milliseconds of processor time per launch, as the C loop does.</summary>
    public static void Run(int count, int width)
    {
        LocalExecutor.PrepareProcess();
        using IExecutor executor = LocalExecutor.Create();
        ChildEnvironment environment = ChildEnvironment.OfThisProcess();
        Many(executor, environment, WarmUp, width);
        TimeSpan processor = ProcessorTime.Total();
        long begin = Stopwatch.GetTimestamp();
        Many(executor, environment, count, width);
        double wall = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        double each = (ProcessorTime.Total() - processor).TotalMilliseconds / count;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count / wall:0.0} {each:0.0000}"));
    }

    private static void Many(IExecutor executor, ChildEnvironment environment, int count, int width)
    {
        int running = 0;
        for (int started = 0; started < count || running > 0;)
        {
            if (started < count && running < width)
            {
                executor.Start(Launch(environment, started++));
                running++;
            }
            else if (executor.Wait(null) is not null)
            {
                running--;
            }
        }
    }

    private static Launch Launch(ChildEnvironment environment, int index) => new()
    {
        Unit = index,
        Name = $"u{index}",
        Work = new ExecutableWork("/bin/true", []),
        ProjectDirectory = "/",
        WorkingDirectory = "/",
        Environment = environment.For(new AttemptIdentity($"u{index}", "run", 1, "/", 1, 1), []),
        Log = $"/tmp/pexen-bench-u{index}.log",
        LogLimit = 1_000_000,
        GracePeriod = TimeSpan.FromSeconds(5),
    };
}

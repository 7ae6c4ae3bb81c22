using System.Diagnostics;
using Pexen.Benchmarks.Measuring;
using Pexen.Execution;
using Pexen.Execution.Local;
using Pexen.Execution.Workers;
using Pexen.Model;

namespace Pexen.Benchmarks.Workers;

/// <summary>
/// A call of an empty method in a warm worker, by the executor of the supervisor: from the start of the attempt to its end, environment, answer, and the look for
/// what it may have left included.
/// </summary>
internal static class WorkerFigure
{
    private const int Warm = 3000;

    public static void Measure(Options options)
    {
        string host = options.Find("host") ?? PackedHost.Unpack(options);
        int count = options.Number("count", 5000);
        string folder = Directory.CreateTempSubdirectory("pexen-bench-worker-").FullName;
        LocalExecutor.PrepareProcess();
        var environment = ChildEnvironment.OfThisProcess();
        using IExecutor executor = LocalExecutor.Create(() => new WorkerStart
        {
            File = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet",
            HostAssembly = host,
            Environment = environment.ForWorker("bench"),
        });
        Launch launch = new()
        {
            Unit = 0,
            Name = "nothing",
            Work = new MethodWork(typeof(NoMethod).Assembly.Location, typeof(NoMethod).FullName + "." + nameof(NoMethod.Nothing), []),
            ProjectDirectory = folder,
            WorkingDirectory = folder,
            Environment = environment.For(new AttemptIdentity("nothing", "bench", 1, folder, 1, 1), []),
            Log = Path.Combine(folder, "log"),
            LogLimit = 1_000_000,
            GracePeriod = TimeSpan.FromSeconds(1),
        };
        double first = Call(executor, launch);
        for (int i = 0; i < Warm; i++)
        {
            Call(executor, launch);
        }

        double[] times = [.. Enumerable.Range(0, count).Select(_ => Call(executor, launch)).Order()];
        executor.Sweep();
        Directory.Delete(folder, recursive: true);
        double median = times[count / 2];
        string spread = $"{median:0} (5 % below {times[count / 20]:0}, 5 % above {times[count * 19 / 20]:0}) µs";
        if (options.Find("table") is string file)
        {
            var table = new FigureTable(file);
            table.AtMost("call of an empty method in a warm worker, median, µs", spread, median, 100);
            table.Note("of it: the first call, the start of the worker included", $"{first / 1000:0} ms");
            return;
        }

        Console.WriteLine($"{spread}; the first {first / 1000:0} ms");
    }

    /// <summary>Microseconds.</summary>
    private static double Call(IExecutor executor, Launch launch)
    {
        long start = Stopwatch.GetTimestamp();
        executor.Start(launch);
        AttemptEnd? end;
        while ((end = executor.Wait(TimeSpan.FromSeconds(10))) is null)
        {
        }

        double time = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        return end.CameBack ? time : throw new InvalidOperationException(end.ToString());
    }
}

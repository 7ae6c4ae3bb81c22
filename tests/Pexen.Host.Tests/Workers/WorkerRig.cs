using System.Collections.Immutable;
using System.Diagnostics;
using Pexen.Execution;
using Pexen.Execution.Local;
using Pexen.Execution.Workers;
using Pexen.Model;

namespace Pexen.Host.Tests.Workers;

/// <summary>An executor with workers, and the methods of the test child.</summary>
internal sealed class WorkerRig : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private static int runs;
    private readonly string _runId = $"worker-test-{Environment.ProcessId}-{Interlocked.Increment(ref runs)}";
    private readonly ChildEnvironment _environment = ChildEnvironment.OfThisProcess();
    private int _units;

    public WorkerRig(string executor)
    {
        Folder = Directory.CreateTempSubdirectory("pexen-worker-").FullName;
        LocalExecutor.PrepareProcess();
        var start = new WorkerStart
        {
            File = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet",
            HostAssembly = Path.Combine(AppContext.BaseDirectory, "Pexen.Host.dll"),
            Environment = _environment.ForWorker(_runId),
        };
        Executor = executor == "linux" && OperatingSystem.IsLinux() ? new LinuxExecutor(() => start) : new PortableExecutor(() => start);
    }

    public string Folder { get; }

    public IExecutor Executor { get; }

    public string PathOf(string name) => Path.Combine(Folder, name);

    public Launch Launch(string method, params string[] arguments)
    {
        int unit = _units++;
        return new Launch
        {
            Unit = unit,
            Name = $"unit{unit}",
            Work = new MethodWork(Path.Combine(AppContext.BaseDirectory, "Pexen.TestChild.dll"), $"Pexen.TestChild.Methods.{method}", [.. arguments]),
            ProjectDirectory = Folder,
            WorkingDirectory = Folder,
            Environment = Variables(unit),
            Log = PathOf($"{unit}.log"),
            LogLimit = 1_000_000,
            GracePeriod = TimeSpan.FromMilliseconds(500),
        };
    }

    public AttemptEnd Run(Launch launch)
    {
        Executor.Start(launch);
        return End();
    }

    public AttemptEnd Run(string method, params string[] arguments) => Run(Launch(method, arguments));

    /// <summary>What the method wrote; empty where it wrote nothing.</summary>
    public string LogOf(AttemptEnd end) => File.Exists(PathOf($"{end.Unit}.log")) ? File.ReadAllText(PathOf($"{end.Unit}.log")) : "";

    public AttemptEnd End()
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Limit)
        {
            if (Executor.Wait(Limit - clock.Elapsed) is { } end)
            {
                return end;
            }
        }

        throw new TimeoutException("no attempt ended");
    }

    /// <summary>Lets the executor work until the file is there; its text.</summary>
    public string Await(string file)
    {
        var clock = Stopwatch.StartNew();
        while (!File.Exists(file) || new FileInfo(file).Length == 0)
        {
            Assert.IsLessThan(Limit, clock.Elapsed, $"'{file}' did not appear");
            if (Executor.Wait(TimeSpan.FromMilliseconds(5)) is { } end)
            {
                throw new InvalidOperationException($"ended too early: {end}");
            }
        }

        return File.ReadAllText(file).Trim();
    }

    public static bool Alive(string pid) => ProcessTable.Read(int.Parse(pid, null)) is { Alive: true };

    /// <summary>Ends the run; the processes that are left of it.</summary>
    public IReadOnlyList<string> Sweep()
    {
        IReadOnlyList<string> names = Executor.Sweep();
        Assert.IsEmpty(LostRun.End(_runId), "alive after the run");
        return names;
    }

    public void Dispose()
    {
        Executor.Sweep();
        Executor.Dispose();
        LostRun.End(_runId);
        Directory.Delete(Folder, recursive: true);
    }

    private ImmutableArray<NamedValue> Variables(int unit) =>
        _environment.For(new AttemptIdentity($"unit{unit}", _runId, 1, Folder, 1, 1), [new("PEXEN_SHARED", PathOf("shared.json")), new("PEXEN_OUTPUT", PathOf($"{unit}.output"))]);
}

using System.Collections.Immutable;
using System.Diagnostics;
using Pexen.Execution;
using Pexen.Execution.Local;
using Pexen.Model;

namespace Pexen.Engine.Tests.Execution;

/// <summary>An executor, a folder of its own, and the few lines that every test of an executor needs. Whatever is left at the end is killed.</summary>
internal sealed class Rig : IDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static int runs;
    private readonly string _runId = $"test-{Environment.ProcessId}-{Interlocked.Increment(ref runs)}";

    public Rig(string executor)
    {
        Folder = Directory.CreateTempSubdirectory("pexen-executor-").FullName;
        if (executor == "linux")
        {
            LocalExecutor.PrepareProcess();
        }

        Executor = executor == "linux" && OperatingSystem.IsLinux() ? new LinuxExecutor() : new PortableExecutor();
    }

    public static string Dotnet => Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    public static string Child => Path.Combine(AppContext.BaseDirectory, "Pexen.TestChild.dll");

    public string RunId => _runId;

    public string Folder { get; }

    public IExecutor Executor { get; }

    public string Log(int unit = 0) => Path.Combine(Folder, $"{unit}.log");

    public string LogText(int unit = 0) => File.ReadAllText(Log(unit));

    public string PathOf(string name) => Path.Combine(Folder, name);

    public Launch Command(string text, int unit = 0) => Launch(new CommandWork(text), unit);

    public Launch ChildProgram(params string[] arguments) => Launch(new ExecutableWork(Dotnet, ["exec", Child, .. arguments]));

    public Launch Launch(Work work, int unit = 0) => new()
    {
        Unit = unit,
        Name = $"unit{unit}",
        Work = work,
        ProjectDirectory = Folder,
        WorkingDirectory = Folder,
        Environment = Variables(unit),
        Log = Log(unit),
        LogLimit = 1_000_000_000,
        GracePeriod = TimeSpan.FromMilliseconds(500),
    };

    public ImmutableArray<NamedValue> Variables(int unit) =>
        ChildEnvironment.OfThisProcess().For(new AttemptIdentity($"unit{unit}", _runId, 1, Folder, 1, 1), []);

    public AttemptEnd Run(Launch launch)
    {
        Executor.Start(launch);
        return End();
    }

    /// <summary>The next end; fails the test when none comes.</summary>
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
            if (clock.Elapsed > Limit)
            {
                throw new TimeoutException($"'{file}' did not appear");
            }

            if (Executor.Wait(TimeSpan.FromMilliseconds(5)) is { } end)
            {
                throw new InvalidOperationException($"ended too early: {end}");
            }
        }

        return File.ReadAllText(file).Trim();
    }

    public static bool Alive(string pid) => ProcessTable.Read(int.Parse(pid)) is { Alive: true };

    public void Dispose()
    {
        Executor.Sweep();
        Executor.Dispose();
        LostRun.End(_runId);
        Directory.Delete(Folder, recursive: true);
    }
}

using System.Collections.Concurrent;
using Pexen.Execution;
using Pexen.Execution.Protocol;
using Pexen.Execution.Supervision;
using Pexen.Model;
using Pexen.Records;

namespace Pexen.Host.Tests;

/// <summary>A folder with a project in it, and a real supervisor that runs units for it.</summary>
internal sealed class Scene : IDisposable
{
    private readonly string _folder;
    private readonly bool _owner;
    private readonly List<PlannedUnit> _units = [];

    /// <param name="beside">Another run of the same project, or null.</param>
    public Scene(Scene? beside = null)
    {
        _folder = beside?._folder ?? Directory.CreateTempSubdirectory("pexen-host-").FullName;
        _owner = beside is null;
        Client = new HostClient("dotnet", Path.Combine(AppContext.BaseDirectory, "Pexen.Host.dll"), Environment());
    }

    public HostClient Client { get; }

    public ConcurrentQueue<HostMessage> Messages { get; } = new();

    public string ProjectDirectory => _folder;

    public RunFolder Folder => new(Path.Combine(_folder, "obj", Phase));

    public RunRecord Record => RunRecordReader.TryRead(Folder.Record) ?? throw new AssertFailedException("There is no readable record.");

    /// <summary>Set once a message says that the unit has started.</summary>
    public ManualResetEventSlim FirstStarted { get; } = new();

    /// <summary>Everything that units of this scene claim.</summary>
    public string Claims { get; init; } = "db";

    public string Phase { get; init; } = "AfterBuild";

    public Scene With(string name, string command, params string[] requires) => With(name, new CommandWork(command), requires);

    public Scene With(string name, Work work, params string[] requires)
    {
        _units.Add(new PlannedUnit
        {
            Index = _units.Count,
            Rank = _units.Count,
            Dependencies = [.. requires.Select(on => new Dependency(_units.FindIndex(one => one.Name == on), DependencyKind.Requires))],
            Definition = new UnitDefinition
            {
                Name = name,
                WorkingDirectory = _folder,
                Work = work,
                Provides = [new Capability(name, null)],
                Claims = [.. Claims.Split(';', StringSplitOptions.RemoveEmptyEntries)],
                GracePeriod = TimeSpan.FromSeconds(1),
            },
        });
        return this;
    }

    public RunRequest Request() => new()
    {
        Progress = true,
        RunId = RunId,
        BuildId = "build",
        ProjectFile = Path.Combine(_folder, "app.csproj"),
        ProjectName = "app.csproj",
        Phase = Phase,
        Folder = Folder.Path,
        MaxParallel = 2,
        Plan = new Plan { Units = [.. _units], Resources = [new ResourceDefinition("db", null)] },
    };

    public string RunId { get; } = $"20261121T101500Z-{Guid.NewGuid().ToString("N")[..8]}";

    public FinishMessage? Run() => Client.Run(Request(), Observe);

    public Task<FinishMessage?> Begin() => Task.Run(Run);

    public IEnumerable<string> Codes => Messages.OfType<DiagnosticMessage>().Select(message => message.Diagnostic.Code);

    public void WaitForFile(string name, CancellationToken cancellation)
    {
        // Whoever makes it writes into it next.
        while (new FileInfo(Path.Combine(_folder, name)) is not { Exists: true, Length: > 0 })
        {
            cancellation.ThrowIfCancellationRequested();
            Thread.Yield();
        }
    }

    public int ProcessIn(string name) => int.Parse(File.ReadAllText(Path.Combine(_folder, name)), null);

    public void Dispose()
    {
        Client.Dispose();
        if (_owner)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private void Observe(HostMessage message)
    {
        Messages.Enqueue(message);
        if (message is ProgressMessage { Outcome: null })
        {
            FirstStarted.Set();
        }
    }

    private IEnumerable<KeyValuePair<string, string>> Environment()
    {
        foreach (System.Collections.DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            yield return new KeyValuePair<string, string>((string)variable.Key, (string)variable.Value!);
        }

        yield return new KeyValuePair<string, string>("XDG_STATE_HOME", Path.Combine(_folder, "state"));
    }
}

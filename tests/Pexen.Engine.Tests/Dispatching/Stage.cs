using System.Collections.Immutable;
using System.Text.Json;
using Pexen.Execution;
using Pexen.Execution.Dispatching;
using Pexen.Execution.Protocol;
using Pexen.Model;
using Pexen.Records;

namespace Pexen.Engine.Tests.Dispatching;

/// <summary>A run with scripted processes: units are put on, the script is told, the run is played, and everything it left can be looked at.</summary>
internal sealed class Stage : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<UnitDefinition> _units = [];
    private readonly List<(string Unit, string On)> _requires = [];
    private readonly List<GroupDefinition> _groups = [];

    public Stage()
    {
        Executor = new ScriptedExecutor(Time);
    }

    public ManualTime Time { get; } = new();

    public ScriptedExecutor Executor { get; }

    public List<HostMessage> Messages { get; } = [];

    public string ProjectDirectory => _folder.Path;

    public RunFolder Folder => new(_folder.Inside("pexen"));

    public RunRecord Record => RunRecordReader.TryRead(Folder.Record) ?? throw new AssertFailedException("There is no readable record.");

    public IEnumerable<Diagnostic> Diagnostics => Messages.OfType<DiagnosticMessage>().Select(message => message.Diagnostic);

    public Dispatcher? Dispatcher { get; private set; }

    /// <summary>Called for each message, after it was kept.</summary>
    public Action<HostMessage>? Heard { get; set; }

    /// <summary>One more unit.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="change">What is special about it.</param>
    /// <param name="requires">Units it requires, after <c>;</c>; with a <c>?</c> before them one of those is enough, with a <c>~</c> it comes after them.</param>
    public Stage With(string name, Func<UnitDefinition, UnitDefinition>? change = null, string? requires = null)
    {
        var unit = new UnitDefinition
        {
            Name = name,
            WorkingDirectory = _folder.Path,
            Work = new ExecutableWork("true", []),
            Provides = [new Capability(name, null)],
        };
        _units.Add(change is null ? unit : change(unit));
        if (requires is not null)
        {
            _requires.AddRange(requires.Split(';').Select(on => (name, on)));
        }

        return this;
    }

    /// <summary>One more unit, which cleans up after others: names after <c>;</c>.</summary>
    public Stage Finalizing(string name, string finalized, Func<UnitDefinition, UnitDefinition>? change = null) => With(
        name,
        unit => (change is null ? unit : change(unit)) with { Finalizes = [.. finalized.Split(';')] },
        string.Join(';', finalized.Split(';').Select(one => "!" + one)));

    /// <summary>One more group, for units that name it.</summary>
    public Stage WithGroup(string name, string? parent = null, Func<GroupDefinition, GroupDefinition>? change = null)
    {
        var group = new GroupDefinition(name, null, false, parent);
        _groups.Add(change is null ? group : change(group));
        return this;
    }

    public FinishMessage Play(Func<RunRequest, RunRequest>? change = null, ISharedHolds? sharedHolds = null)
    {
        RunRequest request = Request();
        request = change is null ? request : change(request);
        Dispatcher = new Dispatcher(request, Executor, Time, Hear, (_, _, _, inherited) => [.. inherited.Environment, .. inherited.Ours], sharedHolds);
        return Dispatcher.Run();
    }

    public RunRequest Request() => new()
    {
        RunId = "20261121T101500Z-3f2a",
        BuildId = "build",
        ProjectFile = _folder.Inside("app.csproj"),
        ProjectName = "app.csproj",
        Phase = "AfterBuild",
        Folder = Folder.Path,
        MaxParallel = 2,
        Plan = new Plan
        {
            Units = [.. _units.Select(ToPlanned)],
            Groups = [.. _groups],
            Resources = [.. _units.SelectMany(unit => unit.Claims).Distinct().Select(name => new ResourceDefinition(name, null))],
        },
    };

    public UnitRecord Unit(string name) => Record.Units.Single(unit => unit.Name == name);

    public IReadOnlyList<JsonElement> Events() => Recovery.ReadEvents(Folder.Events);

    public IReadOnlyList<string> EventNames() =>
        [.. Events().Select(one => one.GetProperty("event").GetString() + (one.TryGetProperty("unit", out JsonElement unit) ? $" {unit.GetString()}" : one.TryGetProperty("hook", out JsonElement hook) ? $" {one.GetProperty("group").GetString()}.{hook.GetString()}" : ""))];

    public void Dispose() => _folder.Dispose();

    private void Hear(HostMessage message)
    {
        Messages.Add(message);
        Heard?.Invoke(message);
    }

    private PlannedUnit ToPlanned(UnitDefinition unit, int index) => new()
    {
        Definition = unit,
        Index = index,
        Rank = index,
        Dependencies = Dependencies(unit.Name),
    };

    private static DependencyKind KindOf(string on) => on[0] switch
    {
        '?' => DependencyKind.RequiresAny,
        '~' => DependencyKind.After,
        '!' => DependencyKind.Finalizes,
        _ => DependencyKind.Requires,
    };

    private ImmutableArray<Dependency> Dependencies(string unit) =>
    [
        .. _requires.Where(edge => edge.Unit == unit).Select(edge => new Dependency(_units.FindIndex(one => one.Name == edge.On.TrimStart('?', '~', '!')), KindOf(edge.On))),
    ];
}

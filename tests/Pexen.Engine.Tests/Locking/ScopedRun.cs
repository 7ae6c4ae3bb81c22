using System.Collections.Immutable;
using Pexen.Engine.Tests.Dispatching;
using Pexen.Locking;
using Pexen.Model;
using Pexen.Scheduling;

namespace Pexen.Engine.Tests.Locking;

/// <summary>A run of some project, whose units hold one resource each.</summary>
internal sealed class ScopedRun(TemporaryFolder temporary, string project, string run, params ImmutableArray<ResourceDefinition> resources) : IDisposable
{
    private readonly SharedHolds _holds = new(Folder(temporary), temporary.Inside(project.Split('/')), run, resources, []);

    public string Project => project;

    public string Run => run;

    /// <summary>What was complained about.</summary>
    public List<Diagnostic> Said { get; } = [];

    public static UserFolder Folder(TemporaryFolder temporary) => UserFolder.Open(name => name == "XDG_STATE_HOME" ? temporary.Inside("state") : null);

    public bool Take(string unit, params ScopedHold[] held)
    {
        int Capacity(string name) => resources.FirstOrDefault(one => one.Name == name)?.Capacity ?? 0;
        var graph = new ScheduleGraph
        {
            Rank = [0],
            Priority = [0],
            Slots = [1],
            DependencyStart = [0, 0],
            Dependencies = [],
            HoldStart = [0, held.Length],
            Holds = [],
            ResourceParent = [.. held.Select(_ => -1)],
            ResourceCapacity = [.. held.Select(one => Capacity(one.Resource))],
            ResourceNames = [.. held.Select(one => one.Resource)],
        };
        ScheduleHold[] holds = [.. held.Select((one, index) => new ScheduleHold(index, one.Claim ? HoldMode.Claim : HoldMode.Use, Capacity(one.Resource) > 0 && !one.Claim ? 1 : 0))];
        return _holds.TryTake(unit, graph, holds, null, Said.Add, out string? disagreement) && disagreement is null;
    }

    public void Release(string unit) => _holds.Release(unit);

    public void Dispose() => _holds.Dispose();
}

using System.Collections.Immutable;
using Pexen.Locking;
using Pexen.Model;
using Pexen.Scheduling;

namespace Pexen.Engine.Tests.Locking;

/// <summary>A run whose units <c>a</c> and <c>b</c> use one of two instances of <c>gpu</c>.</summary>
internal sealed class InstanceRun : IDisposable
{
    private static readonly ResourceDefinition Gpu = new("gpu", 2) { Instances = ["0", "1"] };

    private readonly string[] _units = ["a", "b", "other"];
    private readonly ScheduleGraph _graph;
    private readonly InstanceBook _book;
    private readonly SharedHolds _holds;

    public InstanceRun(UserFolder folder, string run, IReadOnlyList<Ancestor> ancestors)
    {
        var plan = new Plan { Units = [.. _units.Select(Planned)], Resources = [Gpu] };
        _graph = ScheduleGraph.FromPlan(plan);
        _book = InstanceBook.For(_graph, plan.Resources)!;
        _holds = new SharedHolds(folder, "/p/app.csproj", run, plan.Resources, ancestors);
    }

    /// <summary>What the unit is handed, or null when it has to wait.</summary>
    public string? Take(string unit)
    {
        int index = Array.IndexOf(_units, unit);
        ScheduleHold[] wanted = [_graph.Holds[index]];
        ImmutableArray<string>[]? chosen = null;
        bool taken = _holds.TryTake(unit, _graph, wanted, elsewhere => chosen = _book.Choose(wanted, elsewhere), problem => Assert.Fail(problem.Message), out _);
        if (!taken)
        {
            return null;
        }

        _book.Take(index, chosen!);
        return string.Join(';', chosen![0]);
    }

    public void Release(string unit)
    {
        _book.Release(Array.IndexOf(_units, unit));
        _holds.Release(unit);
    }

    public void Dispose() => _holds.Dispose();

    private static PlannedUnit Planned(string name, int index) => new()
    {
        Definition = new UnitDefinition { Name = name, WorkingDirectory = "/p", Work = new MilestoneWork(), Uses = [new ResourceUse("gpu")] },
        Index = index,
        Rank = index,
    };
}

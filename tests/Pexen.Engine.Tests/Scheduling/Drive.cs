using Pexen.Scheduling;

namespace Pexen.Tests.Scheduling;

/// <summary>A scheduler driven by hand, by the names of the units.</summary>
internal sealed class Drive
{
    private readonly GraphBuilder graph;

    public Drive(GraphBuilder graph, int slots = 4, int? maxFailures = null, int[]? rank = null)
    {
        this.graph = graph;
        var policy = maxFailures is null ? FailurePolicy.KeepGoing : FailurePolicy.FailFast;
        Scheduler = new UnitScheduler(graph.Build(rank), new ScheduleOptions(slots, policy, maxFailures ?? 1));
    }

    public UnitScheduler Scheduler { get; }

    /// <summary>Starts all that may and names them in order.</summary>
    public string Take()
    {
        List<string> taken = [];
        while (Scheduler.TryTakeNext(out Grant grant))
        {
            taken.Add(graph.NameOf(grant.Unit));
        }

        return string.Join(' ', taken);
    }

    public string TakeOne() => Scheduler.TryTakeNext(out Grant grant) ? graph.NameOf(grant.Unit) : "";

    /// <summary>Ends a unit, then starts all that may.</summary>
    public string End(string unit, Completion? completion = null)
    {
        Scheduler.Complete(graph.IndexOf(unit), completion ?? Completion.Success);
        return Take();
    }

    public UnitState State(string unit) => Scheduler.StateOf(graph.IndexOf(unit));

    /// <summary>Reason and root of a skip.</summary>
    public string Cause(string unit)
    {
        SkipCause cause = Scheduler.CauseOf(graph.IndexOf(unit));
        return $"{cause.Reason} {graph.NameOf(cause.Unit)}";
    }

    public string Events()
    {
        List<string> all = [];
        while (Scheduler.TryReadEvent(out SchedulerEvent happened))
        {
            all.Add($"{graph.NameOf(happened.Unit)}:{happened.State}");
        }

        return string.Join(' ', all);
    }

    public int[] Slots(string unit) => [.. Scheduler.SlotsOf(graph.IndexOf(unit))];

    public string Obstacles(string unit) => string.Join(' ', Scheduler.ObstaclesOf(graph.IndexOf(unit)).Select(obstacle => $"{obstacle.Kind}:{graph.NameOf(obstacle.Unit)}"));
}

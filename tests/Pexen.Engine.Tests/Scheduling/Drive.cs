using Pexen.Model;
using Pexen.Scheduling;

namespace Pexen.Tests.Scheduling;

/// <summary>A scheduler driven by hand, by the names of the units.</summary>
internal sealed class Drive
{
    private readonly GraphBuilder graph;
    private readonly ScheduleGraph built;

    public Drive(GraphBuilder graph, int slots = 4, int? maxFailures = null, int[]? rank = null)
    {
        this.graph = graph;
        var policy = maxFailures is null ? FailurePolicy.KeepGoing : FailurePolicy.FailFast;
        built = graph.Build(rank);
        Scheduler = new UnitScheduler(built, new ScheduleOptions(slots, policy, maxFailures ?? 1));
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

    /// <summary>Adds the units that the builder was given since; then starts all that may.</summary>
    /// <param name="more">What units that were there before wait for besides: the unit, why, the other, by blanks; several by commas.</param>
    public string Add(string more = "")
    {
        graph.Extend(built);
        Scheduler.Add([.. more.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(edge => edge.Trim().Split(' ')).Select(parts =>
            new AddedDependency(graph.IndexOf(parts[0]), new Dependency(graph.IndexOf(parts[2]), Enum.Parse<DependencyKind>(parts[1]))))]);
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

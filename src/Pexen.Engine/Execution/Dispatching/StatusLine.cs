using System.Collections.Immutable;
using System.Globalization;
using Pexen.Scheduling;

namespace Pexen.Execution.Dispatching;

/// <summary>During a long run a line now and then, for whoever waits for the build: how far it is, what runs and since when, and what waits for what.</summary>
/// <param name="phase">Of the build.</param>
/// <param name="units">All there are.</param>
/// <param name="scheduler">Knows how far they are.</param>
/// <param name="graph">Knows what they need.</param>
/// <param name="whyOutside">What a unit waits for that could start as far as the scheduler goes.</param>
internal sealed class StatusLine(string phase, IReadOnlyList<UnitRun> units, UnitScheduler scheduler, ScheduleGraph graph, Func<int, string> whyOutside)
{
    /// <summary>Names shown of those that run, and of those that wait.</summary>
    private const int Shown = 3;

    private static readonly long First = RunClock.Nanoseconds(TimeSpan.FromSeconds(30));
    private static readonly long Then = RunClock.Nanoseconds(TimeSpan.FromSeconds(60));

    /// <summary>When the next is due, in nanoseconds since the start of the run.</summary>
    public long Due { get; private set; } = First;

    /// <summary>The line for now; the next is due later. Null when nothing runs.</summary>
    public string? Take(long now)
    {
        Due = now + Then;
        List<UnitRun> running = [.. units.Where(unit => StateOf(unit) is UnitState.Running or UnitState.Up).OrderBy(unit => unit.AttemptStarted)];
        List<UnitRun> waiting = [.. units.Where(unit => StateOf(unit) < UnitState.Provided).Except(running).OrderBy(unit => unit.IsReady ? 0 : 1)];
        if (running.Count == 0 && waiting.Count == 0)
        {
            return null;
        }

        string done = string.Create(CultureInfo.InvariantCulture, $"Pexen {phase}: {units.Count - running.Count - waiting.Count} of {units.Count} done after {Span(now)}");
        return done + List("running", running, unit => $"{unit.Definition.Name} ({Span(now - unit.AttemptStarted!.Value)})") + List("waiting", waiting, Waiting);
    }

    private static string List(string what, List<UnitRun> list, Func<UnitRun, string> describe)
    {
        if (list.Count == 0)
        {
            return "";
        }

        string more = list.Count > Shown ? string.Create(CultureInfo.InvariantCulture, $" and {list.Count - Shown} more") : "";
        return $"; {what}: {string.Join(", ", list.Take(Shown).Select(describe))}{more}";
    }

    private UnitState StateOf(UnitRun unit) => scheduler.StateOf(unit.Unit.Index);

    private string Waiting(UnitRun unit)
    {
        if (StateOf(unit) == UnitState.Resting)
        {
            return $"{unit.Definition.Name} (before attempt {(unit.Attempt + 1).ToString(CultureInfo.InvariantCulture)})";
        }

        if (StateOf(unit) == UnitState.Outside)
        {
            return $"{unit.Definition.Name} (for {whyOutside(unit.Unit.Index)})";
        }

        ImmutableArray<Obstacle> obstacles = scheduler.ObstaclesOf(unit.Unit.Index);
        return obstacles.IsEmpty ? unit.Definition.Name : $"{unit.Definition.Name} (for {Describe(obstacles[0])})";
    }

    private string Describe(Obstacle obstacle)
    {
        string? name = obstacle.Unit >= 0 ? units[obstacle.Unit].Definition.Name : null;
        return obstacle.Kind switch
        {
            ObstacleKind.Dependency => name ?? "others",
            ObstacleKind.Demand => "those who need it",
            ObstacleKind.Holder or ObstacleKind.Ahead when obstacle.Resource >= 0 => $"'{graph.ResourceNames[obstacle.Resource]}' of {name}",
            ObstacleKind.Group => name is null ? "its group" : $"its group, {name} runs",
            _ => "a slot",
        };
    }

    /// <summary>As people say it: 45s, 2m 5s, 3h 12m.</summary>
    private static string Span(long nanoseconds)
    {
        TimeSpan time = TimeSpan.FromTicks(nanoseconds / 100);
        return time.TotalMinutes < 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.Seconds}s")
            : time.TotalHours < 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}m {time.Seconds}s")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}h {time.Minutes}m");
    }
}

using System.Collections.Immutable;
using Pexen.Model;
using Pexen.Records;
using Pexen.Scheduling;

namespace Pexen.Execution.Dispatching;

/// <summary>One PEX4001 for each root of skips, not one for each unit: a failure at the bottom of a large plan skips thousands.</summary>
internal sealed class SkipReport(IReadOnlyList<UnitRun> units, ScheduleGraph graph, ImmutableArray<GroupDefinition> groups)
{
    // Made when something is skipped: see EventQueue.
    private Dictionary<SkipCause, List<UnitDefinition>>? _skipped;

    /// <summary>Sets the unit's reason and cause.</summary>
    public void Add(UnitRun unit, SkipCause cause)
    {
        cause = AtTheRoot(cause);
        string? root = cause.Unit >= 0 ? units[cause.Unit].Definition.Name : null;
        unit.Outcome = Outcome.Skipped;
        unit.Code = cause.Reason == SkipReason.Standstill ? "PEX1012" : "PEX4001";
        unit.CausedBy = cause.Resource >= 0 ? graph.ResourceNames[cause.Resource] : cause.Group >= 0 ? groups[cause.Group].Name : root;
        unit.Reason = ReasonOf(cause.Reason, root);
        _skipped ??= [];
        if (!_skipped.TryGetValue(cause, out List<UnitDefinition>? skipped))
        {
            _skipped.Add(cause, skipped = []);
        }

        skipped.Add(unit.Definition);
    }

    /// <summary>In a word or two.</summary>
    /// <param name="reason">Why units were skipped.</param>
    /// <param name="root">The unit with which it began, or null.</param>
    public static string ReasonOf(SkipReason reason, string? root) => reason switch
    {
        SkipReason.ResourceHeld or SkipReason.Standstill => $"held by {root}",
        SkipReason.FailFast => "failFast",
        SkipReason.Chained => "chained",
        SkipReason.GroupTimedOut => GroupTally.SkippedByTimeout,
        SkipReason.GroupNotStarted => "groupNotStarted",
        SkipReason.GroupFinished => "groupFinished",
        SkipReason.Stopped => "stopped",
        _ => "notProvided",
    };

    /// <summary>Completes "were skipped, because …" where units were skipped as those of a group.</summary>
    public static string Describe(SkipReason reason, GroupDefinition group) => reason switch
    {
        SkipReason.GroupTimedOut => $"group '{group.Name}' timed out",
        SkipReason.GroupNotStarted => $"OnStarted of group '{group.Name}' failed",
        _ => $"group '{group.Name}' had finished when they were added",
    };

    public IEnumerable<Diagnostic> Report()
    {
        foreach ((SkipCause cause, List<UnitDefinition> skipped) in _skipped ?? [])
        {
            UnitRun? root = cause.Unit >= 0 ? units[cause.Unit] : null;
            if (cause.Reason == SkipReason.Standstill)
            {
                yield return Diagnostics.Standstill(skipped[0], root?.Definition, cause.Resource >= 0 ? graph.ResourceNames[cause.Resource] : null);
                if (skipped.Count > 1)
                {
                    yield return Diagnostics.UnitsSkipped(skipped[1..], $"'{skipped[0].Name}' was not started", tolerable: false);
                }

                continue;
            }

            yield return Diagnostics.UnitsSkipped(skipped, Describe(cause, root), tolerable: root?.Outcome == Outcome.Skipped);
        }
    }

    private string Describe(SkipCause cause, UnitRun? root)
    {
        string name = root?.Definition.Name ?? "";
        return cause.Reason switch
        {
            SkipReason.ResourceHeld => $"'{graph.ResourceNames[cause.Resource]}' stays held by '{name}', which {Ended(root!)}",
            SkipReason.Chained => $"'{name}' {Ended(root!)}, and they are of its Category with at least its Size, or need such a unit",
            SkipReason.FailFast => root is null ? "PexenFailurePolicy is FailFast and a unit failed" : $"PexenFailurePolicy is FailFast and '{name}' {Ended(root)}",
            SkipReason.GroupTimedOut or SkipReason.GroupNotStarted or SkipReason.GroupFinished => Describe(cause.Reason, groups[cause.Group]),
            SkipReason.Stopped => "nothing new is started any more",
            _ => root is null ? "something they require was not provided" : $"'{name}' {Ended(root)}",
        };
    }

    /// <summary>Who was stopped because a service of theirs ended: one PEX4001 for each such service.</summary>
    public IEnumerable<Diagnostic> ReportStopped() =>
        from unit in units
        where unit is { Outcome: Outcome.Cancelled, DeadService: not null }
        group unit.Definition by unit.DeadService into stopped
        select Diagnostics.UnitsStopped([.. stopped], $"'{stopped.Key.Definition.Name}' {Ended(stopped.Key)}");

    /// <summary>A unit that was stopped because of another is no root itself.</summary>
    private SkipCause AtTheRoot(SkipCause cause) => cause is not { Reason: SkipReason.NotProvided, Unit: >= 0 }
        ? cause
        : units[cause.Unit] switch
        {
            { Outcome: Outcome.Cancelled, ChainedBy: UnitRun root } => new SkipCause(SkipReason.Chained, root.Unit.Index),
            { Outcome: Outcome.Cancelled, DeadService: UnitRun service } => cause with { Unit = service.Unit.Index },
            _ => cause,
        };

    private static string Ended(UnitRun unit) => unit.Outcome switch
    {
        Outcome.TimedOut => "timed out",
        Outcome.Skipped => "does not apply here",
        Outcome.Cancelled => "was cancelled",
        _ => unit.Reason is null ? "failed" : $"failed ({unit.Reason})",
    };
}

using System.Collections.Immutable;

namespace Pexen.Records;

/// <summary>What the records of groups say of their units. Of the records alone, so that a lost run's are completed in the same way.</summary>
internal static class GroupTally
{
    /// <summary>The reason of units that did not start because the time of their group was up; the group caused it.</summary>
    public const string SkippedByTimeout = "groupTimeout";

    /// <param name="groups">Their records; one that says <c>TimedOut</c> or <c>Failed</c> stays so.</param>
    /// <param name="units">The records of all units.</param>
    public static ImmutableArray<GroupRecord> Of(ImmutableArray<GroupRecord> groups, IEnumerable<UnitRecord> units)
    {
        if (groups.IsEmpty)
        {
            return groups;
        }

        Dictionary<string, int> byName = new(StringComparer.OrdinalIgnoreCase);
        GroupRecord[] counted = [.. groups.Select(group => group with { Members = 0, Succeeded = 0, Failed = 0, TimedOut = 0, Skipped = 0, Cancelled = 0 })];
        for (int index = 0; index < counted.Length; index++)
        {
            byName[counted[index].Name] = index;
        }

        bool[] skippedByFailure = new bool[counted.Length];
        foreach (UnitRecord unit in units)
        {
            if (unit.Reason is SkippedByTimeout && unit.CausedBy is string late && byName.TryGetValue(late, out int timedOut))
            {
                counted[timedOut] = counted[timedOut] with { Outcome = nameof(Outcome.TimedOut) };
            }

            for (string? name = unit.Group; name is not null && byName.TryGetValue(name, out int index); name = counted[index].Group)
            {
                counted[index] = Count(counted[index], unit.Outcome);
                skippedByFailure[index] |= unit is { Outcome: nameof(Outcome.Skipped), Code: not null };
            }
        }

        return [.. counted.Select((group, index) => group with { Outcome = OutcomeOf(group, skippedByFailure[index]) })];
    }

    private static GroupRecord Count(GroupRecord group, string outcome)
    {
        group = group with { Members = group.Members + 1 };
        return outcome switch
        {
            nameof(Outcome.Failed) or nameof(Outcome.ControlledFailure) => group with { Failed = group.Failed + 1 },
            nameof(Outcome.TimedOut) => group with { TimedOut = group.TimedOut + 1 },
            nameof(Outcome.Skipped) or nameof(Outcome.NotNeeded) => group with { Skipped = group.Skipped + 1 },
            nameof(Outcome.Cancelled) => group with { Cancelled = group.Cancelled + 1 },
            _ => group with { Succeeded = group.Succeeded + 1 },
        };
    }

    private static string OutcomeOf(GroupRecord group, bool skippedByFailure) => group switch
    {
        { Outcome: nameof(Outcome.TimedOut) or nameof(Outcome.Failed) } => group.Outcome,
        { Failed: > 0 } or { TimedOut: > 0 } => nameof(Outcome.Failed),
        { Cancelled: > 0 } => nameof(Outcome.Cancelled),
        _ when skippedByFailure && group.Succeeded > 0 => nameof(Outcome.Failed),
        { Succeeded: 0 } => nameof(Outcome.Skipped),
        _ => nameof(Outcome.Succeeded),
    };
}

using System.Collections.Immutable;
using Pexen.Model;
using Pexen.Planning;

namespace Pexen.Library;

/// <summary>Makes definitions of groups, read as the project file's are.</summary>
internal static class GroupTexts
{
    public static ImmutableArray<GroupDefinition> Read(IReadOnlyCollection<UnitGroup> groups, ICollection<Diagnostic> problems)
    {
        if (groups.Count == 0)
        {
            return [];
        }

        CheckCallbacks(groups, problems);
        return GroupReader.EachOnce(groups.Select(group => Read(group, problems)), problems);
    }

    /// <summary>The declaration twice is one; two that call different things are a mistake.</summary>
    private static void CheckCallbacks(IReadOnlyCollection<UnitGroup> groups, ICollection<Diagnostic> problems)
    {
        Dictionary<string, UnitGroup> byName = new(StringComparer.OrdinalIgnoreCase);
        foreach (UnitGroup group in groups)
        {
            if (!byName.TryAdd(group.Name, group) && CallbacksOf(byName[group.Name]) != CallbacksOf(group))
            {
                problems.Add(Diagnostics.BadValue(
                    $"Group {Diagnostics.Quote(group.Name)}", "Name", group.Name, "Another group of this name calls something else; remove one of them", null, null));
            }
        }
    }

    private static (Delegate?, Delegate?, Delegate?) CallbacksOf(UnitGroup group) => (group.OnStarted, group.OnSucceeded, group.OnFinished);

    /// <summary>What a callback is called in a definition, where a build has a command.</summary>
    private static string? NameOf(Delegate? callback) => callback?.Method.Name;

    private static GroupDefinition? Read(UnitGroup group, ICollection<Diagnostic> problems)
    {
        string subject = $"Group {Diagnostics.Quote(group.Name)}";
        if (NameText.ParseGroup(group.Name, out _) is { } allowed)
        {
            problems.Add(Diagnostics.BadValue(subject, "Name", group.Name, allowed, null, null));
            return null;
        }

        if (group.MaxParallel < 1)
        {
            problems.Add(Diagnostics.BadValue(subject, "MaxParallel", $"{group.MaxParallel}", "Allowed are whole numbers from 1 on", null, null));
        }

        if (group.Timeout < TimeSpan.Zero || group.Timeout > DurationText.Longest)
        {
            problems.Add(Diagnostics.BadValue(subject, "Timeout", $"{group.Timeout}", "Allowed are durations up to a year of 365 days; null or zero is none", null, null));
        }

        return new GroupDefinition(group.Name, group.MaxParallel, group.Exclusive, group.Parent)
        {
            Timeout = TimingTexts.OrNone(group.Timeout),
            Hooks = new GroupHooks(NameOf(group.OnStarted), NameOf(group.OnSucceeded), NameOf(group.OnFinished)),
        };
    }
}

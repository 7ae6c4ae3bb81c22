using System.Collections.Immutable;
using Pexen.Model;
using Pexen.Planning;

namespace Pexen.Library;

/// <summary>Makes definitions of groups, read as the project file's are.</summary>
internal static class GroupTexts
{
    public static ImmutableArray<GroupDefinition> Read(IReadOnlyCollection<UnitGroup> groups, ICollection<Diagnostic> problems) =>
        groups.Count == 0 ? [] : GroupReader.EachOnce(groups.Select(group => Read(group, problems)), problems);

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

        return new GroupDefinition(group.Name, group.MaxParallel, group.Exclusive, group.Parent);
    }
}

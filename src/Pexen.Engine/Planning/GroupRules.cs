using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>What units and groups say about groups, against what is declared.</summary>
internal sealed class GroupRules
{
    private readonly Dictionary<string, GroupDefinition> _groups = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string?> _meant = new(StringComparer.OrdinalIgnoreCase);
    private readonly ICollection<Diagnostic> _problems;

    public GroupRules(ImmutableArray<GroupDefinition> groups, ICollection<Diagnostic> problems)
    {
        _problems = problems;
        foreach (GroupDefinition group in groups)
        {
            _groups.TryAdd(group.Name, group);
        }

        foreach (GroupDefinition group in groups)
        {
            Check($"Group {Diagnostics.Quote(group.Name)}", group.Parent, null, group.Source);
        }

        ReportCircles(groups);
    }

    public void Check(UnitDefinition unit) => Check($"Unit {Diagnostics.Quote(unit.Name)}", unit.Group, unit.Name, unit.Source);

    /// <summary>The name as it was declared, if it was.</summary>
    public string Canonical(string group) => _groups.TryGetValue(group, out GroupDefinition? declared) ? declared.Name : group;

    /// <summary>How many slots a unit of this group can have: the number of the nearest exclusive group that has one, else that of the project (rule 28).</summary>
    public int SlotsFor(string? group, int maxParallel)
    {
        // No way out of a circle, which is reported, is longer than there are groups.
        for (int steps = 0; group is not null && steps < _groups.Count && _groups.TryGetValue(group, out GroupDefinition? declared); steps++)
        {
            if (declared is { Exclusive: true, MaxParallel: int own })
            {
                return own;
            }

            group = declared.Parent;
        }

        return maxParallel;
    }

    public bool HasExclusive => _groups.Values.Any(group => group.Exclusive);

    /// <summary>The innermost exclusive group that all of these are in, or null.</summary>
    public string? InnermostExclusive(IEnumerable<string?> members)
    {
        List<string>? common = null;
        foreach (string? member in members)
        {
            List<string> around = ExclusiveAround(member);
            common = common is null ? around : common.FindAll(group => around.Contains(group, StringComparer.OrdinalIgnoreCase));
        }

        return common is { Count: > 0 } ? common[0] : null;
    }

    private List<string> ExclusiveAround(string? group)
    {
        List<string> around = [];
        for (int steps = 0; group is not null && steps < _groups.Count && _groups.TryGetValue(group, out GroupDefinition? declared); steps++)
        {
            if (declared.Exclusive)
            {
                around.Add(declared.Name);
            }

            group = declared.Parent;
        }

        return around;
    }

    /// <summary>The declared groups, each naming the one it lies in as that was declared.</summary>
    public ImmutableArray<GroupDefinition> All(ImmutableArray<GroupDefinition> groups) =>
        [.. groups.Select(group => group.Parent is null ? group : group with { Parent = Canonical(group.Parent) })];

    private void Check(string subject, string? group, string? unit, SourceLocation? source)
    {
        if (group is null || _groups.ContainsKey(group))
        {
            return;
        }

        if (!_meant.TryGetValue(group, out string? meant))
        {
            meant = NearestName.Find(group, _groups.Keys);
            _meant.Add(group, meant);
        }

        _problems.Add(Diagnostics.UnknownGroup(subject, group, meant, unit, source));
    }

    /// <summary>Each circle once, at the group of it that was declared first. Every group is walked once.</summary>
    private void ReportCircles(ImmutableArray<GroupDefinition> groups)
    {
        Dictionary<string, int> walkOf = new(StringComparer.OrdinalIgnoreCase);
        for (int walk = 0; walk < groups.Length; walk++)
        {
            List<string> path = [];
            string? next = groups[walk].Name;
            while (next is not null && _groups.TryGetValue(next, out GroupDefinition? group) && walkOf.TryAdd(group.Name, walk))
            {
                path.Add(group.Name);
                next = group.Parent;
            }

            if (next is not null && walkOf.TryGetValue(next, out int seen) && seen == walk)
            {
                path.RemoveRange(0, path.FindIndex(name => name.Equals(next, StringComparison.OrdinalIgnoreCase)));
                _problems.Add(Diagnostics.GroupInsideItself(_groups[next], [.. path, path[0]]));
            }
        }
    }
}

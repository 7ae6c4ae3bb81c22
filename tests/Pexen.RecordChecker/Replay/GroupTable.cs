using Pexen.RecordChecking.Input;

namespace Pexen.RecordChecking.Replay;

/// <summary>The groups of the record by name, and how many slots there are in each.</summary>
internal sealed class GroupTable
{
    private readonly Dictionary<string, UnitGroup> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly int _maxParallel;

    public GroupTable(RunFile file, Complaints complaints)
    {
        _maxParallel = file.MaxParallel;
        foreach (GroupEntry entry in file.Groups)
        {
            if (!_byName.TryAdd(entry.Name, new UnitGroup(entry.Name, entry.MaxParallel, entry.Exclusive)) || entry.MaxParallel < 1)
            {
                complaints.Add(Rule.Groups, $"group '{entry.Name}' is there twice, or has room for nobody");
            }
        }

        foreach (GroupEntry entry in file.Groups.Where(entry => entry.Group is not null))
        {
            UnitGroup? parent = _byName.GetValueOrDefault(entry.Group!);
            if (parent is null || parent.Around().Contains(_byName[entry.Name]))
            {
                complaints.Add(Rule.Groups, $"group '{entry.Name}' lies in '{entry.Group}', which run.json does not have, or which lies in it");
                continue;
            }

            _byName[entry.Name].Parent = parent;
        }

        CountMembers(file, complaints);
    }

    public UnitGroup? Find(string? name) => name is null ? null : _byName.GetValueOrDefault(name);

    /// <summary>How many slots there are for units of a group: the number of the nearest exclusive group that has one, else that of the project.</summary>
    public int SlotsFor(UnitGroup? group) =>
        group?.Around().FirstOrDefault(around => around is { Exclusive: true, MaxParallel: not null })?.MaxParallel ?? _maxParallel;

    private void CountMembers(RunFile file, Complaints complaints)
    {
        Dictionary<UnitGroup, int> members = [];
        foreach (UnitEntry unit in file.Units.Where(unit => unit.Group is not null))
        {
            if (Find(unit.Group) is not { } group)
            {
                complaints.Add(Rule.Groups, $"its group is '{unit.Group}', which run.json does not have", unit.Name);
                continue;
            }

            foreach (UnitGroup around in group.Around())
            {
                members[around] = members.GetValueOrDefault(around) + 1;
            }
        }

        foreach (GroupEntry entry in file.Groups.Where(entry => entry.Members != members.GetValueOrDefault(_byName[entry.Name])))
        {
            complaints.Add(Rule.Groups, $"group '{entry.Name}' has {members.GetValueOrDefault(_byName[entry.Name])} member(s), run.json says {entry.Members}");
        }
    }
}

namespace Pexen.RecordChecking.Replay;

/// <summary>A group of the record, with what runs and what is ready in it, the groups inside it included.</summary>
internal sealed class UnitGroup(string name, int? maxParallel, bool exclusive)
{
    public string Name { get; } = name;

    public int? MaxParallel { get; } = maxParallel;

    public bool Exclusive { get; } = exclusive;

    /// <summary>The group it lies in. Whoever sets it makes sure that this is no circle.</summary>
    public UnitGroup? Parent { get; set; }

    public int Running { get; set; }

    public int Ready { get; set; }

    public bool IsFull => Running >= MaxParallel;

    /// <summary>The innermost exclusive group that this one is or lies in: only units of one run beside each other. Null: the project itself.</summary>
    public UnitGroup? Realm => Around().FirstOrDefault(group => group.Exclusive);

    /// <summary>This group and all that it lies in, from the inside.</summary>
    public IEnumerable<UnitGroup> Around()
    {
        for (UnitGroup? group = this; group is not null; group = group.Parent)
        {
            yield return group;
        }
    }
}

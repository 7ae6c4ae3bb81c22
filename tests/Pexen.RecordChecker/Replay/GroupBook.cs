namespace Pexen.RecordChecking.Replay;

/// <summary>
/// Who runs in which group. Of exclusive groups one has the machine, the one <em>open</em>: it keeps it while a member runs or is ready, and
/// only then the one around it is open again. Null is the project itself.
/// </summary>
internal sealed class GroupBook(Complaints complaints)
{
    private readonly HashSet<UnitTrace> _running = [];
    private UnitGroup? _open;

    public void Enter(UnitTrace unit) => CountReady(unit, 1);

    public void Leave(UnitTrace unit) => CountReady(unit, -1);

    /// <summary>Before a start is looked at: a group that nobody needs any more gives the machine back.</summary>
    public void Settle()
    {
        while (_running.Count == 0 && _open is { Ready: 0 })
        {
            _open = _open.Parent?.Realm;
        }
    }

    /// <summary>Whether an open exclusive group keeps members of this one outside, or it or one around it is full.</summary>
    public bool Stops(UnitGroup? group) =>
        (_open is not null && group?.Around().Contains(_open) != true) || group?.Around().Any(around => around.IsFull) == true;

    /// <summary>Whether members of this one start only when all that run have ended.</summary>
    public bool HasToDrain(UnitGroup? group) => _running.Count > 0 && group?.Realm != _open;

    public void Start(UnitTrace unit, long seq)
    {
        if (_open is not null && unit.Group?.Around().Contains(_open) != true)
        {
            complaints.Add(Rule.Groups, $"it starts while exclusive group '{_open.Name}', which it is not in, {(_running.Count > 0 ? $"has the machine for '{_running.First().Name}'" : "has ready units")}", unit.Name, seq);
        }
        else if (HasToDrain(unit.Group))
        {
            complaints.Add(Rule.Groups, $"it starts beside '{_running.First().Name}', which is not in exclusive group '{unit.Group!.Realm!.Name}'", unit.Name, seq);
        }

        foreach (UnitGroup group in Groups(unit))
        {
            if (group.IsFull)
            {
                complaints.Add(Rule.Groups, $"it starts while {group.Running} unit(s) of group '{group.Name}' run, and no more may", unit.Name, seq);
            }
        }

        if (_running.Add(unit))
        {
            CountRunning(unit, 1);
        }

        _open = unit.Group?.Realm;
    }

    public void End(UnitTrace unit)
    {
        if (_running.Remove(unit))
        {
            CountRunning(unit, -1);
        }
    }

    private static IEnumerable<UnitGroup> Groups(UnitTrace unit) => unit.Group?.Around() ?? [];

    private static void CountReady(UnitTrace unit, int by)
    {
        foreach (UnitGroup group in Groups(unit))
        {
            group.Ready += by;
        }
    }

    private static void CountRunning(UnitTrace unit, int by)
    {
        foreach (UnitGroup group in Groups(unit))
        {
            group.Running += by;
        }
    }
}

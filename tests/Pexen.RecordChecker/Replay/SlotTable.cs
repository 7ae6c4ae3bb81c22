namespace Pexen.RecordChecking.Replay;

/// <summary>Who has which slot.</summary>
internal sealed class SlotTable(GroupTable groups, Complaints complaints)
{
    private readonly Dictionary<int, UnitTrace> _taken = [];

    /// <summary>How many are free for a unit of this group, if it may run beside those that do.</summary>
    public int FreeFor(UnitGroup? group) => groups.SlotsFor(group) - _taken.Count;

    public void Take(UnitTrace unit, int[] slots, long seq)
    {
        int count = groups.SlotsFor(unit.Group);
        if (slots.Length != unit.Width)
        {
            complaints.Add(Rule.Slots, $"it takes {slots.Length} slot(s), {unit.Width} is right", unit.Name, seq);
        }

        foreach (int slot in slots)
        {
            if (slot < 1 || slot > count)
            {
                complaints.Add(Rule.Slots, $"there is no slot {slot}, only 1 to {count}", unit.Name, seq);
            }
            else if (!_taken.TryAdd(slot, unit))
            {
                complaints.Add(Rule.Slots, $"slot {slot} is taken by '{_taken[slot].Name}'", unit.Name, seq);
            }
        }

        unit.Slots = slots;
    }

    public void GiveBack(UnitTrace unit)
    {
        foreach (int slot in unit.Slots)
        {
            if (_taken.TryGetValue(slot, out UnitTrace? holder) && holder == unit)
            {
                _taken.Remove(slot);
            }
        }

        unit.Slots = [];
    }
}

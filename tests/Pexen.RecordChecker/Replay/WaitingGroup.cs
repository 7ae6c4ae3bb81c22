namespace Pexen.RecordChecking.Replay;

/// <summary>Ready units of one priority that want the same of one resource. That the best and the oldest are known is enough for rule 11.</summary>
internal sealed class WaitingGroup(Want want, int priority)
{
    private readonly SortedSet<(long Place, UnitTrace Unit)> _byRank = new(UnitOrder.Instance);
    private readonly SortedDictionary<long, UnitTrace> _byAge = [];

    public Want Want { get; } = want;

    public int Priority { get; } = priority;

    public void Add(UnitTrace unit)
    {
        _byRank.Add((unit.Place, unit));
        _byAge[unit.ReadySeq] = unit;
    }

    public void Remove(UnitTrace unit)
    {
        _byRank.Remove((unit.Place, unit));
        _byAge.Remove(unit.ReadySeq);
    }

    /// <summary>One of them that is ahead of the unit: better in rank, or of its priority and ready before it.</summary>
    public UnitTrace? AheadOf(UnitTrace unit, out bool byRank)
    {
        byRank = _byRank.Count > 0 && _byRank.Min.Place < unit.Place;
        if (byRank)
        {
            return _byRank.Min.Unit;
        }

        if (Priority != unit.Entry.Priority || _byAge.Count == 0)
        {
            return null;
        }

        (long age, UnitTrace oldest) = _byAge.First();
        return age < unit.ReadySeq ? oldest : null;
    }
}

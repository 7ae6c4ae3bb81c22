namespace Pexen.Execution.Local;

/// <summary>How much memory attempts have while they run.</summary>
internal sealed unsafe partial class LinuxExecutor
{
    private ControlGroups? _groups;
    private bool _withoutGroups;

    /// <summary>Null where none is asked for, or can be made.</summary>
    private string? MakeGroup(Attempt attempt)
    {
        if (attempt.Launch.Caps is not MemoryCaps caps || _withoutGroups)
        {
            return null;
        }

        _groups ??= ControlGroups.Open();
        _withoutGroups = _groups is null;
        return _groups?.Make(attempt.Sequence, caps);
    }

    private void CloseGroup(Attempt attempt)
    {
        if (attempt.Group is string group)
        {
            attempt.BrokenCap = _groups!.Close(group, attempt.Launch.Caps!, attempt.Used.PeakWith(attempt.MeasuredMemory) ?? 0);
            attempt.Group = null;
        }
    }

    public long[] MeasureMemory(ReadOnlySpan<int> units, ReadOnlySpan<long> exactlyAbove, MemoryKind kind)
    {
        long[] bytes = new long[units.Length];
        Dictionary<Attempt, List<ProcessEntry>>? members = kind == MemoryKind.Process ? null : _family.Sort(ProcessTable.ReadAll());
        for (int i = 0; i < units.Length; i++)
        {
            if (!_byUnit.TryGetValue(units[i], out Attempt? attempt))
            {
                continue;
            }

            bytes[i] = members is null ? ProcessTable.ResidentBytes(attempt.Leader) : TreeMemory.Measure([.. (members.GetValueOrDefault(attempt) ?? []).Select(process => process.Id)], kind, exactlyAbove[i]);
            attempt.MeasuredMemory = Math.Max(attempt.MeasuredMemory ?? 0, bytes[i]);
        }

        return bytes;
    }
}

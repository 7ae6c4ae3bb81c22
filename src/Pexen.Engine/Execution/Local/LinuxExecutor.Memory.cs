namespace Pexen.Execution.Local;

/// <summary>How much memory attempts have while they run.</summary>
internal sealed unsafe partial class LinuxExecutor
{
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

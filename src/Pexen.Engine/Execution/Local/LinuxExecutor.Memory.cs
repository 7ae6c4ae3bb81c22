using Pexen.Model;

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

            bytes[i] = members is null ? ProcessTable.ResidentBytes(attempt.Leader) : Measure(members.GetValueOrDefault(attempt) ?? [], kind, exactlyAbove[i]);
            attempt.MeasuredMemory = Math.Max(attempt.MeasuredMemory ?? 0, bytes[i]);
        }

        return bytes;
    }

    /// <summary>
    /// Pages that several processes share count for each of them at first, which is cheap and never too little. Only when that is too much it is looked
    /// at closely: then each has its share.
    /// </summary>
    private static long Measure(List<ProcessEntry> processes, MemoryKind kind, long exactlyAbove)
    {
        long sum = 0;
        long most = 0;
        foreach (ProcessEntry process in processes)
        {
            long resident = ProcessTable.ResidentBytes(process.Id);
            sum += resident;
            most = Math.Max(most, resident);
        }

        return kind == MemoryKind.Heaviest ? most
            : sum <= exactlyAbove || processes.Count == 1 ? sum
            : Math.Max(most, processes.Sum(process => ProcessTable.ProportionalBytes(process.Id)));
    }
}

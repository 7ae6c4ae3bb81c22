namespace Pexen.Execution.Local;

/// <summary>Memory of the processes of a tree, as /proc tells it.</summary>
internal static class TreeMemory
{
    /// <summary>
    /// Pages that several processes share count for each of them at first, which is cheap and never too little. Only when that is too much it is looked
    /// at closely: then each has its share.
    /// </summary>
    /// <param name="processes">Ids of all of them.</param>
    /// <param name="kind">What counts; not <see cref="MemoryKind.Process"/>, which needs no tree.</param>
    /// <param name="exactlyAbove">Below so many bytes more than it has will do.</param>
    public static long Measure(IReadOnlyCollection<int> processes, MemoryKind kind, long exactlyAbove)
    {
        long sum = 0;
        long most = 0;
        foreach (int process in processes)
        {
            long resident = ProcessTable.ResidentBytes(process);
            sum += resident;
            most = Math.Max(most, resident);
        }

        return kind == MemoryKind.Heaviest ? most
            : sum <= exactlyAbove || processes.Count == 1 ? sum
            : Math.Max(most, processes.Sum(ProcessTable.ProportionalBytes));
    }
}

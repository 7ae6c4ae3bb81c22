using System.ComponentModel;
using System.Diagnostics;

namespace Pexen.Execution.Local;

/// <summary>Memory of processes, where <see cref="Process"/> may be used.</summary>
internal static class UsedMemory
{
    /// <summary>Bytes that are in memory.</summary>
    /// <param name="attempt">Of whose processes.</param>
    /// <param name="kind">What counts.</param>
    /// <param name="exactlyAbove">Below so many bytes more than it has will do.</param>
    public static long Of(IPortableRun attempt, MemoryKind kind, long exactlyAbove)
    {
        if (OperatingSystem.IsLinux() && kind != MemoryKind.Process)
        {
            return TreeMemory.Measure([.. attempt.Members().Keys], kind, exactlyAbove);
        }

        if (kind == MemoryKind.Process)
        {
            return attempt.Leader is int leader ? Of(leader) : 0;
        }

        IEnumerable<long> each = attempt.Members().Keys.Select(Of);
        return kind == MemoryKind.Heaviest ? each.DefaultIfEmpty().Max() : each.Sum();
    }

    private static long Of(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.WorkingSet64;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception or NotSupportedException)
        {
            return 0;
        }
    }
}

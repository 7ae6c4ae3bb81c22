using System.ComponentModel;
using System.Diagnostics;
using Pexen.Model;

namespace Pexen.Execution.Local;

/// <summary>Memory of processes, where <see cref="Process"/> may be used.</summary>
internal static class UsedMemory
{
    /// <summary>Bytes that are in memory.</summary>
    public static long Of(IPortableRun attempt, MemoryKind kind)
    {
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

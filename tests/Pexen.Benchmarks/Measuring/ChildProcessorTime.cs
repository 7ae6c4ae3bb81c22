using System.Runtime.InteropServices;

namespace Pexen.Benchmarks.Measuring;

/// <summary>Processor time of all children that this process has waited for, theirs included. The difference around one child is that child's.</summary>
internal static unsafe partial class ChildProcessorTime
{
    private const int Children = -1;

    public static TimeSpan Total()
    {
        // struct rusage: two struct timeval, then counters that nobody asks for here.
        long* usage = stackalloc long[32];
        return GetUsage(Children, usage) == 0
            ? TimeSpan.FromSeconds(usage[0] + usage[2]) + TimeSpan.FromMicroseconds(usage[1] + usage[3])
            : throw new InvalidOperationException("getrusage failed");
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, long* usage);
}

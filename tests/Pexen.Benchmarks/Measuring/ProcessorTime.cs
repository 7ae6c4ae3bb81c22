using System.Runtime.InteropServices;

namespace Pexen.Benchmarks.Measuring;

/// <summary>Processor time, by getrusage.</summary>
internal static unsafe partial class ProcessorTime
{
    private const int Self = 0;
    private const int Children = -1;

    /// <summary>Of all children that this process has waited for, theirs included. The difference around one child is that child's.</summary>
    public static TimeSpan OfChildren() => Of(Children);

    public static TimeSpan Total() => Of(Self) + Of(Children);

    private static TimeSpan Of(int whom)
    {
        // struct rusage: two struct timeval, then counters that nobody asks for here.
        long* usage = stackalloc long[32];
        return GetUsage(whom, usage) == 0
            ? TimeSpan.FromSeconds(usage[0] + usage[2]) + TimeSpan.FromMicroseconds(usage[1] + usage[3])
            : throw new InvalidOperationException("getrusage failed");
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, long* usage);
}

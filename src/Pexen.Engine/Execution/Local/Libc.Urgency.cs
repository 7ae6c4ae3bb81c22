using System.Runtime.InteropServices;

namespace Pexen.Execution.Local;

/// <summary>Which thread comes before others.</summary>
internal static unsafe partial class Libc
{
    private const int Ordinary = 0;
    private const int RoundRobin = 2;

    /// <summary>The calling thread comes before all that have no such wish; false if this process may not say so, or it does already.</summary>
    public static bool BeUrgent()
    {
        int priority = 1;
        return GetScheduler(0) == Ordinary && SetScheduler(0, RoundRobin, &priority) == 0;
    }

    /// <summary>After <see cref="BeUrgent"/>.</summary>
    public static void BeOrdinary()
    {
        int priority = 0;
        _ = SetScheduler(0, Ordinary, &priority);
    }

    [LibraryImport(Name, EntryPoint = "sched_getscheduler")]
    private static partial int GetScheduler(int thread);

    [LibraryImport(Name, EntryPoint = "sched_setscheduler", SetLastError = true)]
    private static partial int SetScheduler(int thread, int policy, int* priority);
}

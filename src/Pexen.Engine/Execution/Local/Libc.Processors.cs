using System.Runtime.InteropServices;

namespace Pexen.Execution.Local;

/// <summary>Which processors threads may run on.</summary>
internal static unsafe partial class Libc
{
    /// <summary>For 8192 processors, more than the kernel can have.</summary>
    private const int MaskBytes = 1024;

    /// <summary>Those of a thread, 0 for the caller; none if it is not there.</summary>
    public static int[] ProcessorsOf(int thread)
    {
        byte* mask = stackalloc byte[MaskBytes];
        new Span<byte>(mask, MaskBytes).Clear();
        List<int> processors = [];
        if (GetAffinity(thread, MaskBytes, mask) != 0)
        {
            return [];
        }

        for (int processor = 0; processor < MaskBytes * 8; processor++)
        {
            if ((mask[processor / 8] & (1 << (processor % 8))) != 0)
            {
                processors.Add(processor);
            }
        }

        return [.. processors];
    }

    /// <summary>Binds a thread, 0 for the caller; what it starts from then on inherits that.</summary>
    public static bool Bind(int thread, ReadOnlySpan<int> processors)
    {
        byte* mask = stackalloc byte[MaskBytes];
        new Span<byte>(mask, MaskBytes).Clear();
        foreach (int processor in processors)
        {
            mask[processor / 8] |= (byte)(1 << (processor % 8));
        }

        return SetAffinity(thread, MaskBytes, mask) == 0;
    }

    [LibraryImport(Name, EntryPoint = "sched_getaffinity", SetLastError = true)]
    private static partial int GetAffinity(int thread, nint size, byte* mask);

    [LibraryImport(Name, EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int thread, nint size, byte* mask);
}

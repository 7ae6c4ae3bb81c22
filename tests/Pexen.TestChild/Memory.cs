using System.Diagnostics;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace Pexen.TestChild;

/// <summary>Uses memory, and processors, as much as it is told and no more.</summary>
internal sealed unsafe class Memory : IDisposable
{
    /// <summary>No test needs more, and nothing that goes wrong may take the machine with it.</summary>
    private const int MostMegabytes = 512;

    private const int Page = 4096;

    private readonly byte* _start;

    private Memory(nuint bytes)
    {
        _start = (byte*)NativeMemory.Alloc(bytes);
        for (nuint at = 0; at < bytes; at += Page)
        {
            _start[at] = 1;
        }
    }

    /// <summary>Every page is written to, so it is there and not only promised.</summary>
    public static Memory Take(int megabytes) => new((nuint)Math.Min(megabytes, MostMegabytes) * 1_000_000);

    /// <summary>Pages of a file: processes that do this with one file have them together.</summary>
    public static IDisposable Map(int megabytes, string file)
    {
        long bytes = Math.Min(megabytes, MostMegabytes) * 1_000_000L;
        var map = MemoryMappedFile.CreateFromFile(file, FileMode.OpenOrCreate, null, bytes);
        MemoryMappedViewAccessor view = map.CreateViewAccessor();
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        for (long at = 0; at < bytes; at += Page)
        {
            start[at] = 1;
        }

        // The pages are ours as long as the view is there.
        return view;
    }

    /// <summary>Until it has used so much processor time.</summary>
    public static void Compute(TimeSpan time)
    {
        using var process = Process.GetCurrentProcess();
        double sum = 0;
        while (process.TotalProcessorTime < time)
        {
            for (int i = 1; i < 100_000; i++)
            {
                sum += 1.0 / i;
            }

            process.Refresh();
        }

        Console.WriteLine(sum > 0);
    }

    public void Dispose() => NativeMemory.Free(_start);
}

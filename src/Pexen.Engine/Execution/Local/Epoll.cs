using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Pexen.Execution.Local;

/// <summary>The kernel's list of what we wait for. Each descriptor is entered with a number of ours, which comes back when it has something to say.</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class Epoll : IDisposable
{
    private const int Capacity = 64;

    /// <summary>The structure is packed on x64 only.</summary>
    private static readonly int NumberOffset = RuntimeInformation.ProcessArchitecture is Architecture.X64 ? 4 : 8;
    private static readonly int Size = NumberOffset + sizeof(ulong);

    private readonly int _epoll = Libc.EpollCreate(Libc.CloseOnExec);
    private readonly byte* _items = (byte*)NativeMemory.Alloc((nuint)(Capacity * 16));

    public void Add(int descriptor, ulong number)
    {
        byte* item = stackalloc byte[16];
        *(uint*)item = Libc.EventRead;
        *(ulong*)(item + NumberOffset) = number;
        _ = Libc.EpollControl(_epoll, Libc.EventAdd, descriptor, item);
    }

    /// <summary>
    /// Before the descriptor is closed: a child between fork and exec has a copy of it, and until that is closed as well the kernel would go on
    /// to report what nobody can read any more, as fast as we ask.
    /// </summary>
    public void Remove(int descriptor) => _ = Libc.EpollControl(_epoll, Libc.EventDelete, descriptor, null);

    /// <summary>How many have something to say; 0 after the time, which is in milliseconds, -1 for no limit.</summary>
    public int Wait(int milliseconds) => Math.Max(0, Libc.EpollWait(_epoll, _items, Capacity, milliseconds));

    public ulong this[int index] => *(ulong*)(_items + (index * Size) + NumberOffset);

    public void Dispose()
    {
        Libc.Close(_epoll);
        NativeMemory.Free(_items);
    }
}

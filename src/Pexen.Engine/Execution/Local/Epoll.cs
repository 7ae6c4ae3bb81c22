using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Pexen.Execution.Local;

/// <summary>
/// The kernel's list of what we wait for. Each descriptor is entered with a number of ours, which comes back once when it has something to say,
/// and again after <see cref="Rearm"/>. Once only, because a descriptor that we close stays in the list as long as a child that is just being started
/// holds its copy (the parent goes on before exec closes it): without that the loop spins meanwhile, seen as about 0.2 ms of processor time at every launch.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class Epoll : IDisposable
{
    private const int Capacity = 64;

    /// <summary>The structure is packed on x64 only.</summary>
    private static readonly int NumberOffset = RuntimeInformation.ProcessArchitecture is Architecture.X64 ? 4 : 8;
    private static readonly int Size = NumberOffset + sizeof(ulong);

    private readonly int _epoll = Libc.EpollCreate(Libc.CloseOnExec);
    private readonly byte* _items = (byte*)NativeMemory.Alloc((nuint)(Capacity * 16));

    public void Add(int descriptor, ulong number) => Control(Libc.EventAdd, descriptor, number);

    public void Rearm(int descriptor, ulong number) => Control(Libc.EventModify, descriptor, number);

    /// <summary>How many have something to say; 0 after the time, which is in milliseconds, -1 for no limit.</summary>
    public int Wait(int milliseconds) => Math.Max(0, Libc.EpollWait(_epoll, _items, Capacity, milliseconds));

    public ulong this[int index] => *(ulong*)(_items + (index * Size) + NumberOffset);

    public void Dispose()
    {
        Libc.Close(_epoll);
        NativeMemory.Free(_items);
    }

    private void Control(int operation, int descriptor, ulong number)
    {
        byte* item = stackalloc byte[16];
        *(uint*)item = Libc.EventRead | Libc.EventOnce;
        *(ulong*)(item + NumberOffset) = number;
        _ = Libc.EpollControl(_epoll, operation, descriptor, item);
    }
}

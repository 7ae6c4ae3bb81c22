using System.Runtime.InteropServices;

namespace Pexen.Execution.Local;

/// <summary>What worker processes need, at both ends.</summary>
internal static unsafe partial class Libc
{
    /// <summary>Reads from this end of a pipe do not wait from now on.</summary>
    public static void SetNonBlocking(int descriptor)
    {
        const int SetStatusFlags = 4;
        const nint NonBlocking = 0x800;
        _ = FileControl(descriptor, SetStatusFlags, NonBlocking);
    }

    /// <summary>Two ends that talk to each other, neither inherited.</summary>
    public static bool SocketPair(int* descriptors)
    {
        const int Local = 1;
        const int Stream = 1;
        return SocketPair(Local, Stream | CloseOnExec, 0, descriptors) == 0;
    }

    /// <summary>Without waiting, and without a signal when nobody listens.</summary>
    public static nint Send(int socket, byte* buffer, nint count) => Send(socket, buffer, count, DoNotWait | NoSignal);

    /// <summary>Without waiting.</summary>
    public static nint Receive(int socket, byte* buffer, nint count) => Receive(socket, buffer, count, DoNotWait);

    /// <summary>False after the time, which is in milliseconds.</summary>
    public static bool WaitUntilWritable(int descriptor, int milliseconds)
    {
        const long Writable = 4L << 32;
        long entry = (uint)descriptor | Writable;
        return Poll(&entry, 1, milliseconds) > 0;
    }

    private const int DoNotWait = 0x40;
    private const int NoSignal = 0x4000;

    [LibraryImport(Name, EntryPoint = "socketpair", SetLastError = true)]
    private static partial int SocketPair(int domain, int type, int protocol, int* descriptors);

    [LibraryImport(Name, EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(int socket, byte* buffer, nint count, int flags);

    [LibraryImport(Name, EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(int socket, byte* buffer, nint count, int flags);

    [LibraryImport(Name, EntryPoint = "getppid")]
    public static partial int GetParent();

    [LibraryImport(Name, EntryPoint = "dup", SetLastError = true)]
    public static partial int Duplicate(int descriptor);

    [LibraryImport(Name, EntryPoint = "dup2", SetLastError = true)]
    public static partial int DuplicateTo(int from, int to);

    /// <summary>Has the kernel kill this process when the thread that started it ends.</summary>
    public static void DieWithParent()
    {
        const int SetParentDeathSignal = 1;
        _ = ProcessControl(SetParentDeathSignal, SigKill, 0, 0, 0);
    }

    /// <summary>Whether this process has children, ended ones that nobody has waited for included. One call, and nobody is waited for.</summary>
    public static bool HasChildren()
    {
        const int All = 0;
        const int Exited = 4;
        const int Leave = 0x1000000;
        byte* information = stackalloc byte[256];
        return WaitForAny(All, 0, information, Exited | NoHang | Leave) == 0;
    }

    [LibraryImport(Name, EntryPoint = "waitid", SetLastError = true)]
    private static partial int WaitForAny(int kind, uint id, void* information, int options);
}

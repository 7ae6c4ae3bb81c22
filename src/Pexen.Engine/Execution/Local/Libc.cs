using System.Runtime.InteropServices;
using System.Text;

namespace Pexen.Execution.Local;

/// <summary>The calls of the C library that the Linux executor needs, under their own names. Errors are left in <c>errno</c>.</summary>
internal static unsafe partial class Libc
{
    public const int SigKill = 9;
    public const int SigTerm = 15;
    public const int SigContinue = 18;

    public const int NotPermitted = 1;
    public const int NotFound = 2;
    public const int NoProcess = 3;
    public const int Interrupted = 4;
    public const int TooLong = 7;
    public const int NotExecutableFormat = 8;
    public const int NoChild = 10;
    public const int TryAgain = 11;
    public const int AccessDenied = 13;

    public const int Executable = 1;
    public const int NoHang = 1;
    public const int ReadOnly = 0;
    public const int ReadWrite = 2;
    public const int Create = 0x40;
    public const int Truncate = 0x200;
    public const int CloseOnExec = 0x80000;

    /// <summary>A limit that Linux has not used since 2.4: whatever its number, nothing is limited by it.</summary>
    public const int LimitLocks = 10;

    public const int LimitOpenFiles = 7;
    public const int SetChildSubreaper = 36;
    public const uint EventRead = 1;
    public const uint EventOnce = 1u << 30;
    public const int EventAdd = 1;
    public const int EventModify = 3;

    private const string Name = "libc";

    /// <summary>O_NOFOLLOW is the one open flag we use that differs between processors.</summary>
    public static int NoFollow => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x8000 : 0x20000;

    public static string Message(int error) => Marshal.GetPInvokeErrorMessage(error);

    public static int LastError => Marshal.GetLastPInvokeError();

    [LibraryImport(Name, EntryPoint = "getpid")]
    public static partial int GetPid();

    [LibraryImport(Name, EntryPoint = "getuid")]
    public static partial uint GetUid();

    /// <summary>Of a process; -1 when there is none.</summary>
    [LibraryImport(Name, EntryPoint = "getpgid")]
    public static partial int GroupOf(int pid);

    [LibraryImport(Name, EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int pid, int signal);

    [LibraryImport(Name, EntryPoint = "wait4", SetLastError = true)]
    public static partial int Wait4(int pid, int* status, int options, void* usage);

    [LibraryImport(Name, EntryPoint = "pipe2", SetLastError = true)]
    public static partial int Pipe2(int* descriptors, int flags);

    [LibraryImport(Name, EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport(Name, EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, byte* buffer, nint count);

    [LibraryImport(Name, EntryPoint = "pread", SetLastError = true)]
    public static partial nint ReadAt(int descriptor, byte* buffer, nint count, long offset);

    [LibraryImport(Name, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, byte* buffer, nint count);

    [LibraryImport(Name, EntryPoint = "open", SetLastError = true)]
    public static partial int Open(byte* path, int flags, int mode);

    [LibraryImport(Name, EntryPoint = "access", SetLastError = true)]
    public static partial int Access(byte* path, int mode);

    [LibraryImport(Name, EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventDescriptor(uint initial, int flags);

    [LibraryImport(Name, EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport(Name, EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(int epoll, int operation, int descriptor, byte* item);

    [LibraryImport(Name, EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int EpollWait(int epoll, byte* items, int count, int milliseconds);

    /// <summary>Whether a read would not wait: there is something, or there will be nothing any more.</summary>
    public static bool HasInput(int descriptor)
    {
        const short Input = 1;
        const short HungUp = 16;
        PollDescriptor asked = new() { Descriptor = descriptor, Asked = Input };
        return Poll(&asked, 1, 0) > 0 && (asked.Returned & (Input | HungUp)) != 0;
    }

    [LibraryImport(Name, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(void* descriptors, nuint count, int milliseconds);

    /// <summary>pidfd_open has a wrapper only from glibc 2.36 on; its number is the same everywhere.</summary>
    public static int OpenProcess(int pid) => (int)SystemCall(434, pid, 0);

    [LibraryImport(Name, EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint first, nint second);

    /// <summary>Processor time that a process has used, without its children; null when it is not there.</summary>
    public static TimeSpan? ProcessorTime(int pid)
    {
        const int ScheduledTime = 2;
        long* time = stackalloc long[2];
        return GetTime((~pid << 3) | ScheduledTime, time) == 0 ? TimeSpan.FromSeconds(time[0]) + TimeSpan.FromTicks(time[1] / 100) : null;
    }

    [LibraryImport(Name, EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, long* time);

    [LibraryImport(Name, EntryPoint = "prctl", SetLastError = true)]
    public static partial int ProcessControl(int option, nint a, nint b, nint c, nint d);

    [LibraryImport(Name, EntryPoint = "getrlimit", SetLastError = true)]
    public static partial int GetLimit(int resource, ResourceLimit* limit);

    [LibraryImport(Name, EntryPoint = "setrlimit", SetLastError = true)]
    public static partial int SetLimit(int resource, ResourceLimit* limit);

    [LibraryImport(Name, EntryPoint = "posix_spawn")]
    public static partial int Spawn(int* pid, byte* path, byte* actions, byte* attributes, byte** arguments, byte** environment);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_init")]
    public static partial int InitializeAttributes(byte* attributes);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_setflags")]
    public static partial int SetAttributeFlags(byte* attributes, short flags);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_setsigdefault")]
    public static partial int SetDefaultSignals(byte* attributes, byte* set);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_setsigmask")]
    public static partial int SetSignalMask(byte* attributes, byte* set);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_init")]
    public static partial int InitializeActions(byte* actions);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial int DestroyActions(byte* actions);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static partial int AddDuplicate(byte* actions, int from, int to);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_addchdir_np")]
    public static partial int AddChangeDirectory(byte* actions, byte* path);

    /// <summary>Undoes an ignored SIGCHLD, which is inherited and would let the kernel reap our children behind our back. A handler stays.</summary>
    public static void DefaultChildSignal()
    {
        const int ChildSignal = 17;
        const nint Ignored = 1;
        byte* action = stackalloc byte[256];
        if (SignalAction(ChildSignal, null, action) == 0 && *(nint*)action == Ignored)
        {
            _ = SetSignal(ChildSignal, 0);
        }
    }

    /// <summary>Keeps this descriptor and all higher ones from our children, in one call. False where the kernel (before 5.11) cannot.</summary>
    public static bool SetCloseOnExecFrom(int first)
    {
        const nint CloseRange = 436;
        const nint CloseOnExecOnly = 4;
        return SystemCall(CloseRange, first, int.MaxValue, CloseOnExecOnly) == 0;
    }

    /// <summary>Keeps a descriptor from our children.</summary>
    public static void SetCloseOnExec(int descriptor)
    {
        const int SetDescriptorFlags = 2;
        _ = FileControl(descriptor, SetDescriptorFlags, 1);
    }

    [LibraryImport(Name, EntryPoint = "sigaction", SetLastError = true)]
    private static partial int SignalAction(int signal, void* action, byte* old);

    [LibraryImport(Name, EntryPoint = "signal", SetLastError = true)]
    private static partial nint SetSignal(int signal, nint handler);

    [LibraryImport(Name, EntryPoint = "syscall")]
    private static partial nint SystemCall(nint number, nint first, nint second, nint third);

    [LibraryImport(Name, EntryPoint = "fcntl", SetLastError = true)]
    private static partial int FileControl(int descriptor, int command, nint argument);

    /// <summary>Opens a file by its name; the descriptor, or -1.</summary>
    public static int Open(string path, int flags, int mode = 0)
    {
        fixed (byte* name = Terminated(path))
        {
            return Open(name, flags | CloseOnExec, mode);
        }
    }

    public static bool MayExecute(string path)
    {
        fixed (byte* name = Terminated(path))
        {
            return Access(name, Executable) == 0;
        }
    }

    /// <summary>Whether there is something of this name; the cheapest question there is.</summary>
    public static bool Exists(string path)
    {
        fixed (byte* name = Terminated(path))
        {
            return Access(name, 0) == 0;
        }
    }

    private static byte[] Terminated(string text)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(text) + 1];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct PollDescriptor
    {
        public int Descriptor;
        public short Asked;
        public short Returned;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct ResourceLimit
    {
        public ulong Soft;
        public ulong Hard;
    }
}

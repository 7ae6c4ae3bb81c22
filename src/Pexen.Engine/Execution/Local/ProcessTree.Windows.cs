using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Pexen.Execution.Local;

/// <summary>
/// A job object: whatever the attempt starts is in it, and all of it ends with the last handle, however we end.
/// What the leader starts in the instant before it is put into the job is not in it.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe partial class WindowsProcessTree : IProcessTree
{
    private const int ExtendedLimits = 9;
    private const int ProcessList = 3;
    private const uint KillOnClose = 0x2000;
    private const uint BreakEvent = 1;
    private const int MostProcesses = 4096;

    private readonly nint _job;
    private uint _leader;

    public WindowsProcessTree()
    {
        _job = CreateJobObjectW(null, null);
        ExtendedLimitInformation limits = default;
        limits.Basic.LimitFlags = KillOnClose;
        _ = SetInformationJobObject(_job, ExtendedLimits, &limits, (uint)sizeof(ExtendedLimitInformation));
    }

    public void Adopt(Process leader)
    {
        _leader = (uint)leader.Id;
        _ = AssignProcessToJobObject(_job, leader.Handle);
    }

    public IReadOnlyDictionary<int, string> Members()
    {
        var members = new Dictionary<int, string>();
        nuint* list = (nuint*)NativeMemory.AllocZeroed((MostProcesses + 1) * (nuint)sizeof(nuint));
        if (QueryInformationJobObject(_job, ProcessList, list, (uint)((MostProcesses + 1) * sizeof(nuint)), null) != 0)
        {
            // Two 32-bit counts, then the ids.
            uint count = ((uint*)list)[1];
            nuint* ids = (nuint*)((byte*)list + (2 * sizeof(uint)));
            for (uint i = 0; i < count; i++)
            {
                members[(int)ids[i]] = NameOf((int)ids[i]);
            }
        }

        NativeMemory.Free(list);
        return members;
    }

    /// <summary>Ctrl-Break, for the leader is started in a process group of its own, which does not get Ctrl-C.</summary>
    public void Ask() => _ = GenerateConsoleCtrlEvent(BreakEvent, _leader);

    public void Kill() => _ = TerminateJobObject(_job, 1);

    public void Dispose() => _ = CloseHandle(_job);

    private static string NameOf(int id)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            return process.ProcessName;
        }
        catch (Exception problem) when (problem is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return "process";
        }
    }

    [LibraryImport("kernel32")]
    private static partial nint CreateJobObjectW(void* security, char* name);

    [LibraryImport("kernel32")]
    private static partial int SetInformationJobObject(nint job, int kind, void* information, uint size);

    [LibraryImport("kernel32")]
    private static partial int QueryInformationJobObject(nint job, int kind, void* information, uint size, uint* needed);

    [LibraryImport("kernel32")]
    private static partial int AssignProcessToJobObject(nint job, nint process);

    [LibraryImport("kernel32")]
    private static partial int TerminateJobObject(nint job, uint code);

    [LibraryImport("kernel32")]
    private static partial int GenerateConsoleCtrlEvent(uint kind, uint group);

    [LibraryImport("kernel32")]
    private static partial int CloseHandle(nint handle);

    [StructLayout(LayoutKind.Sequential)]
    private struct BasicLimitInformation
    {
        public long ProcessTime;
        public long JobTime;
        public uint LimitFlags;
        public nuint MinimumWorkingSet;
        public nuint MaximumWorkingSet;
        public uint ActiveProcesses;
        public nuint Affinity;
        public uint PriorityClass;
        public uint SchedulingClass;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct ExtendedLimitInformation
    {
        public BasicLimitInformation Basic;
        public fixed ulong Counters[6];
        public nuint ProcessMemory;
        public nuint JobMemory;
        public nuint PeakProcessMemory;
        public nuint PeakJobMemory;
    }
}

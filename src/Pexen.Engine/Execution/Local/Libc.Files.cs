using System.Runtime.InteropServices;

namespace Pexen.Execution.Local;

/// <summary>What is behind the name of a file.</summary>
internal static unsafe partial class Libc
{
    /// <summary>Whether a name leads, over links too, to an ordinary file. Where the kernel cannot say (before 4.11) everything is one.</summary>
    public static bool IsRegularFile(string path)
    {
        const int CurrentDirectory = -100;
        const uint TypeWanted = 1;
        const int Size = 256;
        const int ModeAt = 28;
        const int TypeMask = 0xF000;
        const int Regular = 0x8000;
        byte* status = stackalloc byte[Size];
        fixed (byte* name = Terminated(path))
        {
            return ExtendedStatus(CurrentDirectory, name, 0, TypeWanted, status) != 0 || (*(ushort*)(status + ModeAt) & TypeMask) == Regular;
        }
    }

    [LibraryImport(Name, EntryPoint = "statx", SetLastError = true)]
    private static partial int ExtendedStatus(int folder, byte* path, int flags, uint mask, byte* status);
}

using System.Runtime.InteropServices;

namespace Pexen.Execution.Local;

/// <summary>What is behind the name of a file.</summary>
internal static unsafe partial class Libc
{
    private const int CurrentFolder = -100;
    private const int StatusSize = 256;

    /// <summary>Whether a name leads, over links too, to an ordinary file. Where the kernel cannot say (before 4.11) everything is one.</summary>
    public static bool IsRegularFile(string path)
    {
        const uint TypeWanted = 1;
        const int ModeAt = 28;
        const int TypeMask = 0xF000;
        const int Regular = 0x8000;
        byte* status = stackalloc byte[StatusSize];
        return Status(CurrentFolder, path, 0, TypeWanted, status) != 0 || (*(ushort*)(status + ModeAt) & TypeMask) == Regular;
    }

    /// <summary>How many names a file or folder has; 0 if it cannot be told.</summary>
    public static uint LinksOf(string path)
    {
        const uint LinksWanted = 4;
        const int LinksAt = 16;
        byte* status = stackalloc byte[StatusSize];
        return Status(CurrentFolder, path, 0, LinksWanted, status) == 0 ? *(uint*)(status + LinksAt) : 0;
    }

    /// <summary>The user to whom a file, folder or link belongs; null if it cannot be told.</summary>
    public static uint? OwnerOf(string path)
    {
        const int NoFollow = 0x100;
        const uint OwnerWanted = 8;
        const int OwnerAt = 20;
        byte* status = stackalloc byte[StatusSize];
        return Status(CurrentFolder, path, NoFollow, OwnerWanted, status) == 0 ? *(uint*)(status + OwnerAt) : null;
    }

    [LibraryImport(Name, EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(int folder, string path, int flags, uint mask, byte* status);
}

using System.Runtime.InteropServices;
using System.Text;

namespace Pexen.Execution.Local;

/// <summary>Who is at the other end of a socket of this process.</summary>
internal static unsafe partial class Libc
{
    /// <summary>The file name of a local socket that has one; null for any other descriptor.</summary>
    public static string? NameOfSocket(int descriptor)
    {
        const int Size = 128;
        const short LocalFamily = 1;
        const int NameAt = sizeof(short);
        byte* address = stackalloc byte[Size];
        int length = Size;
        return GetSocketName(descriptor, address, &length) == 0 && length > NameAt && *(short*)address == LocalFamily
            ? Encoding.UTF8.GetString(address + NameAt, Math.Min(length, Size) - NameAt).TrimEnd('\0')
            : null;
    }

    /// <summary>The process that connected to a local socket of ours, or null.</summary>
    public static int? PeerOfSocket(int descriptor)
    {
        const int SocketLevel = 1;
        const int PeerCredentials = 17;
        int* credentials = stackalloc int[3];
        int length = 3 * sizeof(int);
        return GetSocketOption(descriptor, SocketLevel, PeerCredentials, credentials, &length) == 0 && credentials[0] > 0 ? credentials[0] : null;
    }

    [LibraryImport(Name, EntryPoint = "getsockname", SetLastError = true)]
    private static partial int GetSocketName(int descriptor, byte* address, int* length);

    [LibraryImport(Name, EntryPoint = "getsockopt", SetLastError = true)]
    private static partial int GetSocketOption(int descriptor, int level, int option, void* value, int* length);
}

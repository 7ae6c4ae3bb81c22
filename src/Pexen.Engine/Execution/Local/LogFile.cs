using Microsoft.Win32.SafeHandles;

namespace Pexen.Execution.Local;

/// <summary>Makes the file of a log. A link in its place is refused: what it points to is not ours to overwrite.</summary>
internal static class LogFile
{
    public static SafeFileHandle Create(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            return CreateWithoutFollowing(path);
        }

        if (new FileInfo(path).LinkTarget is not null)
        {
            throw new IOException("it is a symbolic link");
        }

        return File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
    }

    private static SafeFileHandle CreateWithoutFollowing(string path)
    {
        const int TooManyLinks = 40;
        int descriptor = Libc.Open(path, Libc.ReadWrite | Libc.Create | Libc.Truncate | Libc.NoFollow, Convert.ToInt32("644", 8));
        if (descriptor >= 0)
        {
            return new SafeFileHandle(descriptor, ownsHandle: true);
        }

        int error = Libc.LastError;
        throw new IOException(error == TooManyLinks ? "it is a symbolic link" : Libc.Message(error));
    }
}

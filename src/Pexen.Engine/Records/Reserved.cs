using Microsoft.Win32.SafeHandles;

namespace Pexen.Records;

/// <summary>Files with room set aside on the disk before they are written: a disk that fills up meanwhile does not cost the record.</summary>
internal static class Reserved
{
    /// <summary>Null when the file cannot be made. Where only the room cannot be had, the file is opened without.</summary>
    public static SafeFileHandle? Open(string path, long reserve, out string? failure)
    {
        failure = null;
        try
        {
            try
            {
                return File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, FileOptions.None, reserve);
            }
            catch (IOException)
            {
                return File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            failure = exception.Message;
            return null;
        }
    }

    /// <summary>Gives back what was not needed.</summary>
    public static void Close(SafeFileHandle file, long length)
    {
        using (file)
        {
            try
            {
                RandomAccess.SetLength(file, length);
            }
            catch (IOException)
            {
                // Only the room beyond the end is at stake: the file itself is whole.
            }
        }
    }
}

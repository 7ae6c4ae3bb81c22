using Pexen.Execution.Local;

namespace Pexen.Execution.Exchange;

/// <summary>Reads a file that a unit may have written. There is none in the usual case, and finding that out is all it costs then.</summary>
internal static class SideFile
{
    /// <summary>More than this no unit says to others in one file; whoever does has a log or a loop gone wrong.</summary>
    public const long Largest = 64 << 20;

    /// <param name="path">The file.</param>
    /// <param name="failure">Why it cannot be read, or null.</param>
    /// <returns>Null when the unit wrote nothing, or it cannot be read.</returns>
    public static byte[]? TryRead(string path, out string? failure)
    {
        failure = null;
        try
        {
            // Asked five times for every unit: a tenth of what it costs to learn more about a file.
            if (OperatingSystem.IsLinux() && !Libc.Exists(path))
            {
                return null;
            }

            // A pipe or a device in its place has no length, so it is never opened.
            var file = new FileInfo(path);
            if (!file.Exists || file.Length == 0)
            {
                return null;
            }

            if (file.Length > Largest)
            {
                failure = $"it has {file.Length} bytes, and at most {Largest} are read";
                return null;
            }

            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            failure = exception.Message;
            return null;
        }
    }
}

namespace Pexen.Execution.Local;

/// <summary>An attempt cannot be started; the message is the sentence that the user reads. Never leaves the executor.</summary>
internal sealed class StartException(string message) : Exception(message)
{
    /// <summary>Whether something that preparing a start may throw is told as its failure: a file that cannot be read, a path that is none.</summary>
    public static bool Covers(Exception problem) =>
        problem is StartException or IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    /// <summary>A NUL would cut the text short in the C library's hands.</summary>
    public static void RefuseNul(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new StartException($"'{text.Replace("\0", "\\0", StringComparison.Ordinal)}' contains a NUL character, which no argument, variable or path can hold");
        }
    }
}

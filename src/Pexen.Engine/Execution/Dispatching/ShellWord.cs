namespace Pexen.Execution.Dispatching;

/// <summary>An argument as a user can paste it into a shell.</summary>
internal static class ShellWord
{
    private const string Plain = "/._-:=%+@";

    public static string Quote(string argument) => Quote(argument, OperatingSystem.IsWindows());

    /// <summary>Between single quotes a POSIX shell takes everything as it is; the shells of Windows know double ones.</summary>
    public static string Quote(string argument, bool windows)
    {
        if (argument.Length > 0 && argument.All(letter => char.IsAsciiLetterOrDigit(letter) || Plain.Contains(letter) || (windows && letter == '\\')))
        {
            return argument;
        }

        return windows
            ? $"\"{argument.Replace("\"", "\\\"", StringComparison.Ordinal)}\""
            : $"'{argument.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }
}

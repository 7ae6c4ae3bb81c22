namespace Pexen.Tasks.Factories;

/// <summary>Which of the files that a pattern found are units.</summary>
internal static class ScriptFile
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static readonly HashSet<string> KnownOnWindows = new(StringComparer.OrdinalIgnoreCase) { ".cmd", ".bat", ".exe", ".com", ".ps1", ".py", ".cs", ".sh" };

    /// <param name="path">Absolute.</param>
    /// <param name="below">The folders in it that a wildcard found; those before them somebody named.</param>
    /// <param name="followLinks">Whether a folder may be a link to another.</param>
    public static bool IsUnit(string path, string below, bool followLinks)
    {
        string[] folders = below.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries);
        return !IsHidden(path)
            && !folders.Any(IsHidden)
            && (followLinks || !IsBehindLink(path, folders.Length))
            && IsExecutable(path);
    }

    private static bool IsHidden(string path) => Path.GetFileName(path).StartsWith('.');

    private static bool IsBehindLink(string path, int folders)
    {
        string? folder = Path.GetDirectoryName(path);
        for (int level = 0; level < folders && folder is not null; level++, folder = Path.GetDirectoryName(folder))
        {
            if (new DirectoryInfo(folder).LinkTarget is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>By the run bit of what a link leads to; on Windows by the ending.</summary>
    private static bool IsExecutable(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                return KnownOnWindows.Contains(Path.GetExtension(path)) && (File.GetAttributes(path) & FileAttributes.Hidden) == 0;
            }

            string target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
            return File.Exists(target) && (File.GetUnixFileMode(target) & AnyExecute) != 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A link to nowhere or in a circle, or a file of somebody else's: nothing that could be run.
            return false;
        }
    }
}

namespace Pexen.Locking;

/// <summary>The folder that a repository begins in, for a project of it.</summary>
internal static class RepositoryRoot
{
    private static readonly string[] Solutions = ["*.slnx", "*.sln"];

    /// <summary>Above the project there may be folders that are not ours to read.</summary>
    private static readonly EnumerationOptions Readable = new() { IgnoreInaccessible = true };

    /// <summary>The nearest folder with a <c>.git</c>, a folder or the file of a worktree; null where there is none.</summary>
    public static string? FindGit(string projectFile) =>
        Nearest(projectFile, static folder => Directory.Exists(Path.Combine(folder, ".git")) || File.Exists(Path.Combine(folder, ".git")));

    /// <summary>That, else the nearest folder with a solution, however the project is built; else the project's own.</summary>
    public static string Of(string projectFile) =>
        FindGit(projectFile)
        ?? Nearest(projectFile, static folder => Array.Exists(Solutions, pattern => Directory.EnumerateFiles(folder, pattern, Readable).Any()))
        ?? Path.GetDirectoryName(projectFile)!;

    private static string? Nearest(string projectFile, Func<string, bool> isIt)
    {
        for (string? folder = Path.GetDirectoryName(projectFile); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (isIt(folder))
            {
                return folder;
            }
        }

        return null;
    }
}

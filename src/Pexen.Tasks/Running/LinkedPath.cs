namespace Pexen.Tasks.Running;

/// <summary>Tells whether the way to a file leads through a link: then the file may be anybody's (rule 35).</summary>
internal static class LinkedPath
{
    /// <param name="directory">Absolute; the way begins here, or, for a file elsewhere, at the nearest folder above both.</param>
    /// <param name="file">Absolute. That it is a link itself does not count.</param>
    public static bool PassesLink(string directory, string file)
    {
        string relative = Path.GetRelativePath(directory, file);
        string current = directory;
        if (Path.GetPathRoot(relative) is { Length: > 0 } root)
        {
            (current, relative) = (root, relative[root.Length..]);
        }

        string[] names = relative.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        foreach (string name in names[..^1])
        {
            current = Path.GetFullPath(name, current);
            if (name != ".." && new DirectoryInfo(current).LinkTarget is not null)
            {
                return true;
            }
        }

        return false;
    }
}

namespace Pexen.Tasks.Factories;

/// <summary>How a file is named to people and in records: relative to the project's folder where it lies below it, with slashes.</summary>
internal static class NamedFile
{
    public static string Of(string path, string projectDirectory)
    {
        string relative = Path.GetRelativePath(projectDirectory, path);
        bool isBelow = !Path.IsPathRooted(relative) && relative != ".." && !relative.StartsWith("../", StringComparison.Ordinal) && !relative.StartsWith("..\\", StringComparison.Ordinal);
        return (isBelow ? relative : path).Replace('\\', '/');
    }
}

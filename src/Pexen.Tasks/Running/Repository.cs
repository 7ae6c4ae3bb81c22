namespace Pexen.Tasks.Running;

/// <summary>How records name a project: as everyone who has the repository finds it.</summary>
internal static class Repository
{
    public static string NameOf(string projectFile)
    {
        for (string? folder = Path.GetDirectoryName(projectFile); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string git = Path.Combine(folder, ".git");
            if (Directory.Exists(git) || File.Exists(git))
            {
                return Path.GetRelativePath(folder, projectFile).Replace('\\', '/');
            }
        }

        return Path.GetFileName(projectFile);
    }
}

using Pexen.Locking;

namespace Pexen.Tasks.Running;

/// <summary>How records name a project: as everyone who has the repository finds it.</summary>
internal static class Repository
{
    public static string NameOf(string projectFile) =>
        RepositoryRoot.FindGit(projectFile) is string root ? Path.GetRelativePath(root, projectFile).Replace('\\', '/') : Path.GetFileName(projectFile);
}

using Microsoft.Build.Framework;
using Pexen.Execution.Supervision;
using Pexen.Locking;
using Pexen.Model;
using Pexen.Planning;
using Pexen.Records;
using Pexen.Tasks.Running;

namespace Pexen.Tasks;

/// <summary>
/// Puts an attendant before the command that starts a test program after the build, where runs are held for it: by him their supervisors know when it has
/// ended, and <c>dotnet test</c> waits until services have been stopped.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class AttendTests : PexenTask
{
    /// <summary>The phase before the tests.</summary>
    [Required]
    public string Phase { get; set; } = "";

    /// <summary>The program; after the task, what is to be started in its place.</summary>
    [Required]
    [Output]
    public string Command { get; set; } = "";

    /// <summary>Its arguments, as text; after the task, those of what is to be started in its place.</summary>
    [Output]
    public string Arguments { get; set; } = "";

    /// <inheritdoc />
    public override bool Execute()
    {
        var user = UserFolder.Open();
        string[] held = [.. Enum.GetValues<RunPer>().SelectMany(kind => HeldRun(user, kind))];
        if (held.Length > 0)
        {
            string[] attendant = ["exec", Context.Host, TestPrograms.Verb, .. held, "--", Command];
            Arguments = $"{string.Join(' ', attendant.Select(argument => $"\"{argument}\""))} {Arguments}";
            Command = Dotnet.Path;
        }

        return true;
    }

    private string[] HeldRun(UserFolder user, RunPer kind)
    {
        string folder = Context.FolderOf(new PhaseRun(Phase, kind));
        var key = new RunKey(Context.ProjectFile, Phase, kind == RunPer.TargetFramework ? Context.TargetFramework : null);
        string pipe = TestPrograms.PipeOf(user, key, BuilderOfNode.ProcessOfBuild());
        bool isOurs = !OperatingSystem.IsLinux() || File.Exists(pipe);
        return isOurs && File.Exists(new RunFolder(folder).Ready) && RunLock.IsSupervised(user, key) ? [pipe, folder] : [];
    }
}

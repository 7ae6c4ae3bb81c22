using Microsoft.Build.Framework;
using Pexen.Model;
using Pexen.Planning;
using Pexen.Records;
using Pexen.Tasks.Running;

namespace Pexen.Tasks;

/// <summary>Fails unless the last run succeeded, of one phase or of all that ever ran.</summary>
[MSBuildMultiThreadableTask]
public sealed class VerifyRun : PexenTask
{
    /// <summary>The phase, or empty for all that have a record.</summary>
    public string? Phase { get; set; }

    /// <inheritdoc />
    public override bool Execute()
    {
        List<string> folders = [.. RecordFolders.Of(Context).Where(IsAsked)];
        if (folders.Count == 0)
        {
            BuildLog.Say(Diagnostics.NoRecord(Phase, Context.OutputDirectory));
        }

        foreach (string folder in folders)
        {
            Verify(new RunFolder(folder));
        }

        return !BuildLog.SaidError;
    }

    private bool IsAsked(string folder) =>
        string.IsNullOrEmpty(Phase) || Path.GetFileName(folder).Equals(Phases.Canonical(Phase), StringComparison.OrdinalIgnoreCase);

    private void Verify(RunFolder folder)
    {
        string path = Path.GetRelativePath(Context.ProjectDirectory, folder.Record).Replace('\\', '/');
        RunRecord? record = RunRecordReader.TryRead(folder.Record);
        if (File.Exists(folder.Running) || record is null)
        {
            BuildLog.Say(Diagnostics.RecordNotFinal(path));
        }
        else if (record.Outcome != nameof(RunOutcome.Succeeded))
        {
            BuildLog.Say(RepeatedFailure.Of(record.Phase, record, path));
        }
        else
        {
            BuildLog.Tell($"Pexen {record.Phase}: the last run succeeded; {path}");
        }
    }
}

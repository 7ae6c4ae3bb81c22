using System.Collections.Immutable;
using Microsoft.Build.Framework;
using Pexen.Locking;
using Pexen.Model;
using Pexen.Planning;
using Pexen.Records;
using Pexen.Tasks.Results;
using Pexen.Tasks.Running;

namespace Pexen.Tasks;

/// <summary>Fails unless the last run succeeded, of one phase or of all that ever ran, and nothing stands against the next.</summary>
[MSBuildMultiThreadableTask]
public sealed class VerifyRun : PexenTask
{
    /// <summary>The phase, or empty for all that have a record.</summary>
    public string? Phase { get; set; }

    /// <inheritdoc />
    public override bool Execute()
    {
        string? phase = string.IsNullOrWhiteSpace(Phase) ? "" : ReadPhase(Phase);
        if (phase is null)
        {
            return false;
        }

        List<string> folders = [.. RecordFolders.Of(Context).Where(folder => IsOf(phase, folder))];
        if (folders.Count == 0)
        {
            BuildLog.Say(Diagnostics.NoRecord(phase, Context.OutputDirectory));
        }

        foreach (string folder in folders)
        {
            Verify(new RunFolder(folder));
        }

        SayWhatStandsAgainstAPlan(phase.Length == 0 ? Phases.AfterBuild : phase);

        return !BuildLog.SaidError;
    }

    private static bool IsOf(string phase, string folder) =>
        phase.Length == 0 || Path.GetFileName(folder).Equals(phase, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// A build that was refused before anything started has left no record, and the one before may have been good. What is wrong with a
    /// project is found by planning any phase of it.
    /// </summary>
    private void SayWhatStandsAgainstAPlan(string phase)
    {
        List<Diagnostic> problems = [];
        var run = new PhaseRun(phase, Context.RunPer[0]);
        ProjectSettings settings = ReadSettings(problems);
        ImmutableArray<UnitDefinition> units = ReadUnits(settings, run, problems);
        PlanResult result = MakePlan(settings, run, units, new EarlierPlanned(units), explain: false, problems);
        BuildLog.Say(result.Diagnostics.Where(said => said.Severity == Severity.Error));
    }

    private void Verify(RunFolder folder)
    {
        string path = Path.GetRelativePath(Context.ProjectDirectory, folder.Record).Replace('\\', '/');
        Recover(folder);
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

    /// <summary>A record that a lost supervisor owes is written now, unless the run is still under way: then somebody holds its lock.</summary>
    private void Recover(RunFolder folder)
    {
        if (RunRecordReader.TryRead(folder.Running) is not RunRecord running)
        {
            return;
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            var key = new RunKey(Context.ProjectFile, running.Phase, running.TargetFramework);
            using RunLock locked = RunLock.TakeAsBuilder(UserFolder.Open(), key, _ => { }, patience.Token);
            if (Recovery.Recover(folder) is RecoveredRun recovered)
            {
                BuildLog.Say(recovered.ToDiagnostic());
            }
        }
        catch (OperationCanceledException)
        {
            // Under way.
        }
    }
}

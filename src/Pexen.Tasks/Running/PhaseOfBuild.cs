using System.Collections.Immutable;
using Pexen.Execution;
using Pexen.Execution.Protocol;
using Pexen.Execution.Supervision;
using Pexen.Locking;
using Pexen.Model;
using Pexen.Planning;
using Pexen.Records;
using Pexen.Tasks.Logging;
using Pexen.Tasks.Reading;

namespace Pexen.Tasks.Running;

/// <summary>One run of a phase as a build sees it: under the run lock, once per build (rule 15a), by a supervisor.</summary>
internal sealed partial class PhaseOfBuild(PexenTask task, PhaseRun run, CancellationToken cancellation)
{
    private readonly BuildContext _context = task.Context;

    private readonly List<UnitDefinition> _added = [];

    private readonly TerminalErrors? _terminal = TerminalLogger.ShowsTheBuild ? new TerminalErrors(task.BuildLog) : null;

    public bool Succeeded { get; private set; }

    /// <summary>What concerns the build of units that were added during the run; of the others there is nothing to say.</summary>
    public IReadOnlyList<UnitDefinition> Added => _added;

    private string Folder => _context.FolderOf(run);

    private RunKey Key => new(_context.ProjectFile, run.Phase, Framework);

    private string? Framework => run.RunPer == RunPer.TargetFramework ? _context.TargetFramework : null;

    /// <summary>Runs it, or takes the record of a run in the same build. Null: there is no record, and what stood against it has been said.</summary>
    /// <param name="settings">How units run.</param>
    /// <param name="units">Reads the units.</param>
    /// <param name="makePlan">Plans them; null when none belongs to this run after all.</param>
    public RunRecord? Run(ProjectSettings settings, Func<ImmutableArray<UnitDefinition>> units, Func<PlanResult?> makePlan)
    {
        RunKey key = Key;
        if (Nesting.IsInside(key.ProjectFile, key.Phase, key.TargetFramework))
        {
            task.BuildLog.Tell($"Pexen {run.Phase}: not run, for this build was started by a unit of this very phase");
            Succeeded = true;
            return null;
        }

        try
        {
            var user = UserFolder.Open();
            string buildId = task.BuildIdentity();
            if (HeldInBuild(buildId) is RunRecord held)
            {
                Succeeded = true;
                return held;
            }

            using RunLock locked = RunLock.TakeAsBuilder(user, key, holder => TellWaiting(key, holder, buildId), cancellation, buildId);
            Recover();
            return ReuseOf(buildId, settings) ?? RunNow(user, buildId, settings, units, makePlan);
        }
        catch (OperationCanceledException)
        {
            task.BuildLog.Say(Diagnostics.RunCancelled("the end of the build", 0, units().Length));
            return null;
        }
        catch (IOException exception)
        {
            task.BuildLog.Say(Diagnostics.RunFolderNotMade(Folder, exception.Message));
            return null;
        }
    }

    private RunRecord? ReuseOf(string buildId, ProjectSettings settings)
    {
        if (new RunFolder(Folder).RecordOfBuild(buildId) is not RunRecord record || !record.Selection.SequenceEqual(settings.Units))
        {
            return null;
        }

        Succeeded = record.Outcome == nameof(RunOutcome.Succeeded);
        if (Succeeded)
        {
            task.BuildLog.Detail($"Pexen {run.Phase}: already run in this build; {RecordPath}");
        }
        else
        {
            task.BuildLog.Say(RepeatedFailure.Of(run.Phase, record, RecordPath));
        }

        return record;
    }

    private RunRecord? RunNow(UserFolder user, string buildId, ProjectSettings settings, Func<ImmutableArray<UnitDefinition>> units, Func<PlanResult?> makePlan)
    {
        var supervision = new Supervision(_context.Host, StartsProcess());
        bool isKept = false;
        try
        {
            return RunBy(supervision, user, buildId, settings, units, makePlan, out isKept);
        }
        finally
        {
            if (!isKept)
            {
                supervision.Dispose();
            }
        }
    }

    private RunRecord? RunBy(
        Supervision supervision, UserFolder user, string buildId, ProjectSettings settings, Func<ImmutableArray<UnitDefinition>> units, Func<PlanResult?> makePlan, out bool isKept)
    {
        isKept = false;
        if (makePlan() is not PlanResult result)
        {
            Succeeded = true;
            return null;
        }

        task.BuildLog.Say(result.Diagnostics);
        if (result.Plan is not Plan { Units.IsEmpty: false })
        {
            // Nobody asked for any of them: there is nothing to run and nothing to record.
            Succeeded = result.Plan is not null;
            return null;
        }

        var rewritten = Task.Run(() => RewrittenCommands.Find(task.Declared, units(), run), CancellationToken.None);
        RunRequest request = Request(buildId, settings, result);
        RunEnd? end = request.Held ? RunUntilReady(supervision, request, user) : supervision.Run(request, user, Observe, cancellation);
        _terminal?.Flush();
        task.BuildLog.Say(rewritten.GetAwaiter().GetResult());
        isKept = end is null;
        RunRecord? record = end is null ? RunRecordReader.TryRead(new RunFolder(Folder).Ready) : Conclude(end);
        return record?.RunId == request.RunId ? record : null;
    }

    private RunRecord? Conclude(RunEnd end)
    {
        _terminal?.Flush();
        if (end.Finish is null)
        {
            Recover();
        }

        RunRecord? record = end.Record ?? RunRecordReader.TryRead(new RunFolder(Folder).Record);
        Succeeded = end.Finish?.Outcome == nameof(RunOutcome.Succeeded);
        if (end.Finish is not null)
        {
            Summarise(end.Finish, record);
        }

        return record;
    }

    /// <summary>By the text of the declarations: a loop, for code that has to be compiled would come before the supervisor.</summary>
    private bool StartsProcess()
    {
        bool groupsHaveCommands = task.Declared.Groups.Any(GroupReader.HasSomethingToRun);
        foreach (UnitDeclaration unit in task.Declared.Units)
        {
            if ((groupsHaveCommands || WorkReader.HasSomethingToRun(unit)) && Phases.MayAsk(unit, run))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A supervisor that was lost left no record: whoever comes next writes it.</summary>
    private void Recover()
    {
        if (Recovery.Recover(new RunFolder(Folder)) is RecoveredRun recovered)
        {
            task.BuildLog.Say(recovered.ToDiagnostic());
        }
    }

    private void Observe(HostMessage message)
    {
        if (_terminal?.Take(message) == true)
        {
            return;
        }

        switch (message)
        {
            case DiagnosticMessage said:
                task.BuildLog.Say(said.Diagnostic, said.Loud);
                break;
            case StatusMessage status:
                task.BuildLog.Tell(status.Text);
                break;
            case OutputMessage output:
                task.BuildLog.Show(output);
                break;
            case AddedMessage added:
                _added.Add(new UnitDefinition
                {
                    Name = added.Unit,
                    WorkingDirectory = "",
                    AddTo = added.AddTo,
                    AddToMetadata = added.Metadata,
                    CleanOutputs = added.CleanOutputs,
                    ContinueOnError = added.GoesOn ? FailureTolerance.ErrorAndContinue : FailureTolerance.ErrorAndStop,
                });
                break;
            case ProgressMessage { Outcome: null } started:
                task.BuildLog.Detail($"[pexen] {started.Unit} started");
                break;
            case ProgressMessage ended:
                task.BuildLog.Detail($"[pexen] {ended.Unit} {ended.Outcome} after {ended.DurationMs:0} ms");
                break;
        }
    }

    private void Summarise(FinishMessage finish, RunRecord? record)
    {
        task.BuildLog.Tell(finish.Counts.Summary(run.Phase, finish.DurationMs, RecordPath));
        if (Succeeded)
        {
            return;
        }

        if (finish.Rerun is string rerun)
        {
            task.BuildLog.Tell($"To run just that again: {rerun}{GlobalProperties.AsArguments(task.BuildEngine)}");
        }

        if (!task.BuildLog.SaidError && record is not null)
        {
            task.BuildLog.Say(RepeatedFailure.Of(run.Phase, record, RecordPath));
        }
    }

    private RunRequest Request(string buildId, ProjectSettings settings, PlanResult result) => new()
    {
        RunId = RunIds.New(),
        BuildId = buildId,
        ProjectFile = _context.ProjectFile,
        ProjectName = Repository.NameOf(_context.ProjectFile),
        Phase = run.Phase,
        TargetFramework = Framework,
        Folder = Folder,
        MaxParallel = settings.MaxParallel,
        FailurePolicy = settings.FailurePolicy,
        MaxFailures = settings.MaxFailures,
        Timeout = settings.Timeout,
        FinalizerTimeout = settings.FinalizerTimeout,
        Held = IsHeld(result.Plan!),
        TestPrograms = IsHeld(result.Plan!) && TestPrograms > 0 ? new TestPrograms(TestPrograms, BuilderOfNode.ProcessOfBuild()) : null,
        LogLimit = settings.LogLimit,
        Affinity = settings.Affinity,
        SlotProcessors = settings.SlotProcessors,
        MemoryLimit = settings.MemoryLimit,
        MemoryKind = settings.MemoryKind,
        Masks = settings.Masks,
        MaxDynamicUnits = settings.MaxDynamicUnits,
        Settings = GivenSettings(),
        Progress = task.BuildLog.TakesDetails,
        Selection = settings.Units,
        History = settings.History,
        GlobalProperties = GlobalProperties.Of(task.BuildEngine),
        Plan = result.Plan!,
        Diagnostics = result.Diagnostics,
    };

    /// <summary>The properties as they were given. A loop: queries over pairs are code that has to be compiled at every start.</summary>
    private ImmutableArray<NamedValue> GivenSettings()
    {
        ImmutableArray<NamedValue>.Builder given = ImmutableArray.CreateBuilder<NamedValue>();
        foreach (string name in Vocabulary.Properties.Keys)
        {
            if (name != "PexenUnits" && _context.Properties.TryGetValue(name, out string? text))
            {
                given.Add(new NamedValue(name, text));
            }
        }

        return given.ToImmutable();
    }

    private string RecordPath => Path.GetRelativePath(_context.ProjectDirectory, new RunFolder(Folder).Record).Replace('\\', '/');

    private void TellWaiting(RunKey key, LockHolder? holder, string buildId)
    {
        string waiting = $"Pexen {run.Phase}: waiting for another run of {key}: {holder?.ToString() ?? "its process is not known"}";
        if (holder?.BuildId == buildId)
        {
            // A project that one build reaches twice at a time; its record will do for both (rule 15a).
            task.BuildLog.Detail(waiting);
        }
        else
        {
            task.BuildLog.Tell(waiting);
        }
    }
}

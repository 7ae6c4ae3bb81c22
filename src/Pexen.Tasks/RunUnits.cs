using System.Collections.Immutable;
using Microsoft.Build.Framework;
using Pexen.Model;
using Pexen.Planning;
using Pexen.Records;
using Pexen.Tasks.Results;
using Pexen.Tasks.Running;

namespace Pexen.Tasks;

/// <summary>Runs a phase: plans it, has a supervisor run it, and hands back what came of it.</summary>
[MSBuildMultiThreadableTask]
public sealed class RunUnits : PexenTask, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    /// <summary>The phase.</summary>
    [Required]
    public string Phase { get; set; } = "";

    /// <summary>Whether tests follow, for which services stay up: until <see cref="EndTests"/>, or, if test programs are started after the build, until these have ended.</summary>
    public bool TestsFollow { get; set; }

    /// <summary>With that: how many test programs are started after the build; 0 if the tests are run in it.</summary>
    public int TestPrograms { get; set; }

    /// <summary>One item for each unit, with <c>Outcome</c>, <c>ExitCode</c>, <c>Duration</c>, <c>Attempts</c>, <c>Log</c> and <c>Reason</c>.</summary>
    [Output]
    public ITaskItem[] Results { get; set; } = [];

    /// <summary>Outputs that join an item type, named by their <c>AddTo</c>.</summary>
    [Output]
    public ITaskItem[] Added { get; set; } = [];

    /// <summary>Outputs that clean removes.</summary>
    [Output]
    public ITaskItem[] FileWrites { get; set; } = [];

    /// <summary>Files that units declared and made, with <c>Unit</c>.</summary>
    [Output]
    public ITaskItem[] Outputs { get; set; } = [];

    /// <summary>Properties that units set: their names, with <c>Value</c>.</summary>
    [Output]
    public ITaskItem[] Properties { get; set; } = [];

    /// <summary>Comes from MSBuild, on any thread, and under <c>-mt</c> thousands of times for one Ctrl-C.</summary>
    public void Cancel()
    {
        if (!_cancellation.IsCancellationRequested)
        {
            _cancellation.Cancel();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _cancellation.Dispose();

    /// <inheritdoc />
    public override bool Execute()
    {
        if (ReadPhase(Phase) is not { } phase)
        {
            return false;
        }

        if (phase == Phases.BeforeBuild)
        {
            // A factory that gives nothing has no phase: every build comes by here first.
            BuildLog.Say(Declared.Problems.Where(problem => problem.Severity == Severity.Message));
        }

        var items = new ResultItems(Context.ProjectDirectory, problem => BuildLog.Say(problem));
        if (!Context.RunPer.Contains(RunPer.Project))
        {
            AddPropertiesOfProject(phase, items);
        }

        bool succeeded = Runs(phase).All(run => Run(run, items));
        Results = items.Results;
        Added = items.Added;
        FileWrites = items.FileWrites;
        Outputs = items.Outputs;
        Properties = items.Properties;
        // Not whether an error was said: after one of a unit with ErrorAndContinue the build goes on, and MSBuild fails it at its end.
        return succeeded;
    }

    /// <summary>Which units there are is not known then, so every phase may be the one that lacks some.</summary>
    private bool HasProblems(PhaseRun run) => Declared.Problems.Any(problem => problem.Severity == Severity.Error) || Absent(run).Any();

    /// <summary>Before a step the project's own units run first, after it last.</summary>
    private IEnumerable<PhaseRun> Runs(string phase)
    {
        bool projectLast = Phases.IsStandard(phase) && phase.StartsWith("After", StringComparison.Ordinal);
        RunPer[] kinds = projectLast ? [RunPer.TargetFramework, RunPer.Project] : [RunPer.Project, RunPer.TargetFramework];
        return kinds.Where(Context.RunPer.Contains).Select(kind => new PhaseRun(phase, kind));
    }

    /// <summary>What units of the project set holds in each framework as well; they ran in another instance.</summary>
    private void AddPropertiesOfProject(string asked, ResultItems items)
    {
        if (!Declared.Units.Any(unit => unit.Metadata.ContainsKey("OutputProperty") || unit.Metadata.ContainsKey("ExportProperties")))
        {
            return;
        }

        List<Diagnostic> problems = [];
        var run = new PhaseRun(asked, RunPer.Project);
        ImmutableArray<UnitDefinition> units = [.. ReadUnits(ReadSettings(problems), run, problems).Where(unit => unit.RunPer == RunPer.Project)];
        string buildId = BuildIdentity();
        foreach (string phase in units.Where(ExportedProperties.Any).SelectMany(unit => unit.Phases).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            string folder = Context.FolderOf(run with { Phase = phase });
            if (new RunFolder(folder).RecordOfBuild(buildId) is RunRecord record)
            {
                items.AddProperties(record, folder, units);
            }
        }
    }

    private bool Run(PhaseRun run, ResultItems items)
    {
        // Every build comes by here for each phase and each kind; reading a thousand units takes longer than looking whether one is asked for.
        if (!HasProblems(run) && !Declared.Units.Any(unit => Phases.MayAsk(unit, run)))
        {
            return true;
        }

        List<Diagnostic> problems = [];
        ProjectSettings settings = ReadSettings(problems);
        ImmutableArray<UnitDefinition>? read = null;
        var phase = new PhaseOfBuild(this, run, _cancellation.Token) { TestsFollow = TestsFollow, TestPrograms = TestPrograms };
        RunRecord? record = phase.Run(settings, Units, MakePlan);
        if (record is not null)
        {
            items.Add(record, Context.FolderOf(run), Units().Concat(phase.Added));
        }

        return phase.Succeeded;

        // When the supervisor has been started: it gets ready beside the reading.
        ImmutableArray<UnitDefinition> Units() => read ??= ReadUnits(settings, run, problems);

        PlanResult? MakePlan() => HasProblems(run) || Units().Any(run.Has)
            ? this.MakePlan(settings, run, Units(), new Results.EarlierRecords(Context, BuildIdentity), explain: false, problems)
            : null;
    }
}

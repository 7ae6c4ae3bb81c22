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

    /// <summary>One item for each unit, with <c>Outcome</c>, <c>ExitCode</c>, <c>Duration</c>, <c>Attempts</c>, <c>Log</c> and <c>Reason</c>.</summary>
    [Output]
    public ITaskItem[] Results { get; set; } = [];

    /// <summary>Outputs that join an item type, named by their <c>AddTo</c>.</summary>
    [Output]
    public ITaskItem[] Added { get; set; } = [];

    /// <summary>Outputs that clean removes.</summary>
    [Output]
    public ITaskItem[] FileWrites { get; set; } = [];

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
        var items = new ResultItems(Context.ProjectDirectory);
        bool succeeded = Runs().All(run => Run(run, items));
        Results = items.Results;
        Added = items.Added;
        FileWrites = items.FileWrites;
        // Not whether an error was said: after one of a unit with ErrorAndContinue the build goes on, and MSBuild fails it at its end.
        return succeeded;
    }

    /// <summary>Before a step the project's own units run first, after it last.</summary>
    private IEnumerable<PhaseRun> Runs()
    {
        string phase = Phases.Canonical(Phase.Trim());
        bool projectLast = Phases.IsStandard(phase) && phase.StartsWith("After", StringComparison.Ordinal);
        RunPer[] kinds = projectLast ? [RunPer.TargetFramework, RunPer.Project] : [RunPer.Project, RunPer.TargetFramework];
        return kinds.Where(Context.RunPer.Contains).Select(kind => new PhaseRun(phase, kind));
    }

    private bool Run(PhaseRun run, ResultItems items)
    {
        // Every build comes by here for each phase and each kind; reading a thousand units takes longer than looking whether one is asked for.
        if (!Declared.Units.Any(unit => Phases.MayAsk(unit, run)))
        {
            return true;
        }

        List<Diagnostic> problems = [];
        ProjectSettings settings = ReadSettings(problems);
        ImmutableArray<UnitDefinition> units = ReadUnits(settings, run, problems);
        if (!units.Any(run.Has))
        {
            return true;
        }

        var phase = new PhaseOfBuild(this, run, _cancellation.Token);
        RunRecord? record = phase.Run(settings, units, () => MakePlan(settings, run, units, new Results.EarlierRecords(Context), explain: false, problems));
        if (record is not null)
        {
            items.Add(record, Context.FolderOf(run), units);
        }

        return phase.Succeeded;
    }
}

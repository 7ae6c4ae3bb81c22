using System.Collections.Immutable;
using Microsoft.Build.Framework;
using Pexen.Model;
using Pexen.Planning;
using Pexen.Tasks.Results;

namespace Pexen.Tasks;

/// <summary>Validates a phase, prints what it would do, and writes that as <c>plan.json</c>, <c>graph.dot</c> and <c>graph.mmd</c>; runs nothing.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlanUnits : PexenTask
{
    /// <summary>The phase, or empty for every one that has units.</summary>
    public string? Phase { get; set; }

    /// <inheritdoc />
    public override bool Execute()
    {
        HashSet<Diagnostic> said = [];
        foreach (PhaseRun run in Runs())
        {
            List<Diagnostic> problems = [];
            ProjectSettings settings = ReadSettings(problems);
            ImmutableArray<UnitDefinition> units = ReadUnits(settings, run, problems);
            PlanResult result = MakePlan(settings, run, units, new EarlierPlanned(units), explain: true, problems);
            BuildLog.Say(result.Diagnostics.Where(said.Add));
            if (result.Plan is Plan { Units.IsEmpty: false } plan)
            {
                Print(new PlanView(plan, run, settings.MaxParallel, Durations(run)));
            }
        }

        return !BuildLog.SaidError;
    }

    private IEnumerable<PhaseRun> Runs()
    {
        List<Diagnostic> ignored = [];
        ProjectSettings settings = ReadSettings(ignored);
        IEnumerable<string> phases = string.IsNullOrEmpty(Phase)
            ? ReadUnits(settings, new PhaseRun(Phases.AfterBuild, RunPer.Project), ignored).SelectMany(unit => unit.Phases).Append(Phases.AfterBuild)
            : [Phase];
        return phases.Select(Phases.Canonical).Distinct(StringComparer.OrdinalIgnoreCase)
            .OrderBy(Place)
            .SelectMany(phase => Context.RunPer.Select(kind => new PhaseRun(phase, kind)));
    }

    private static int Place(string phase) =>
        Phases.Standard.ToList().IndexOf(phase) is int place and >= 0 ? place : int.MaxValue;

    private void Print(PlanView view)
    {
        foreach (string line in PlanText.Write(view).TrimEnd().Split('\n'))
        {
            BuildLog.Tell(line);
        }

        string folder = Context.FolderOf(view.Run);
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, "plan.json"), PlanJson.Write(view));
            File.WriteAllText(Path.Combine(folder, "graph.dot"), GraphDot.Write(view));
            File.WriteAllText(Path.Combine(folder, "graph.mmd"), GraphMermaid.Write(view));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            BuildLog.Say(Diagnostics.PlanNotWritten(folder, exception.Message));
        }
    }
}

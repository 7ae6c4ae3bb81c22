using System.Collections.Immutable;
using System.Text;
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
        string? phase = string.IsNullOrWhiteSpace(Phase) ? "" : ReadPhase(Phase);
        if (phase is null)
        {
            return false;
        }

        HashSet<Diagnostic> said = [];
        foreach (PhaseRun run in Runs(phase))
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

    /// <summary>What the build makes need not be there for its plan.</summary>
    internal override Diagnostic OfAbsent(string include, string path, SourceLocation source) => Diagnostics.AssemblyNotBuiltYet(include, path, source);

    private IEnumerable<PhaseRun> Runs(string asked)
    {
        List<Diagnostic> ignored = [];
        ProjectSettings settings = ReadSettings(ignored);
        IEnumerable<string> phases = asked.Length == 0
            ? ReadUnits(settings, new PhaseRun(Phases.AfterBuild, RunPer.Project), ignored).SelectMany(unit => unit.Phases).Append(Phases.AfterBuild)
            : [asked];
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
            File.WriteAllText(Path.Combine(folder, "plan.json"), BuildLog.Mask(Encoding.UTF8.GetString(PlanJson.Write(view))));
            File.WriteAllText(Path.Combine(folder, "graph.dot"), BuildLog.Mask(GraphDot.Write(view)));
            File.WriteAllText(Path.Combine(folder, "graph.mmd"), BuildLog.Mask(GraphMermaid.Write(view)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            BuildLog.Say(Diagnostics.PlanNotWritten(folder, exception.Message));
        }
    }
}

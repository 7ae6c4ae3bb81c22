using System.Collections.Immutable;
using Microsoft.Build.Framework;
using Pexen.Model;
using Pexen.Planning;

namespace Pexen.Tasks;

/// <summary>Validates a phase and prints what it would do; runs nothing.</summary>
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
            PlanResult result = MakePlan(settings, run, units, problems);
            BuildLog.Say(result.Diagnostics.Where(said.Add));
            if (result.Plan is Plan { Units.IsEmpty: false } plan)
            {
                Print(run, plan);
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

    private void Print(PhaseRun run, Plan plan)
    {
        BuildLog.Tell($"Pexen {run}: {plan.Units.Length} {(plan.Units.Length == 1 ? "unit" : "units")}, in the order in which they start when all are ready");
        int[] waves = Waves(plan);
        foreach (PlannedUnit unit in plan.Units.OrderBy(unit => unit.Rank))
        {
            string after = unit.Dependencies.IsEmpty ? "" : $" after {string.Join(", ", unit.Dependencies.Select(one => Name(plan, one)))}";
            string locks = string.Concat(unit.Definition.Claims.Select(claim => $" claims {claim}")) + string.Concat(unit.Definition.Uses.Select(use => $" uses {use}"));
            BuildLog.Tell($"  wave {waves[unit.Index]}: {unit.Name}{after}{locks}");
        }
    }

    private static string Name(Plan plan, Dependency dependency) =>
        plan.Units[dependency.Unit].Name + (dependency.Kind == DependencyKind.After ? " (softly)" : "");

    /// <summary>A unit's wave is one more than the highest of those it waits for; the plan has no cycles.</summary>
    private static int[] Waves(Plan plan)
    {
        int[] waves = new int[plan.Units.Length];
        bool changed = true;
        while (changed)
        {
            changed = false;
            foreach (PlannedUnit unit in plan.Units)
            {
                int wave = unit.Dependencies.Select(one => waves[one.Unit]).DefaultIfEmpty(0).Max() + 1;
                changed |= wave != waves[unit.Index];
                waves[unit.Index] = wave;
            }
        }

        return waves;
    }
}

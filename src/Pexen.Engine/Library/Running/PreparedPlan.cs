using System.Collections.Immutable;
using Pexen.Execution.Local;
using Pexen.Model;
using Pexen.Planning;

namespace Pexen.Library;

/// <summary>Units that were found to make a plan. May be run any number of times.</summary>
/// <param name="Units">Those that are planned; a unit's place is its index in the plan.</param>
/// <param name="Plan">What is to be run.</param>
/// <param name="Folder">What relative paths are relative to.</param>
/// <param name="Warnings">What planning had to say.</param>
internal sealed record PreparedPlan(ImmutableArray<Unit> Units, Plan Plan, string Folder, ImmutableArray<Diagnostic> Warnings)
{
    /// <summary>There is one phase in a library, and nobody sees its name.</summary>
    private static readonly PhaseRun Run = new(Phases.AfterBuild, RunPer.Project);

    /// <exception cref="PlanException">Anything is wrong.</exception>
    public static PreparedPlan Make(ImmutableArray<Unit> units, SchedulerOptions options)
    {
        DiagnosticList problems = new();
        string folder = Environment.CurrentDirectory;
        UnitTexts texts = new(options, folder, problems);
        ImmutableArray<ResourceDefinition> resources = ResourceTexts.Read(options.Resources, problems);
        ImmutableArray<GroupDefinition> groups = GroupTexts.Read(options.Groups, problems);
        ImmutableArray<UnitDefinition>.Builder definitions = ImmutableArray.CreateBuilder<UnitDefinition>(units.Length);
        foreach (Unit unit in units)
        {
            definitions.Add(texts.Read(unit));
        }

        PlanResult result = Planner.Plan(new PlanRequest
        {
            Units = definitions.MoveToImmutable(),
            Resources = resources,
            Groups = groups,
            Run = Run,
            ProjectDirectory = folder,
            MaxParallel = options.MaxParallel,
            MachineMemory = units.Any(static unit => unit.MemoryLimit > 0) ? MachineMemory.Total() : null,
            Strict = true,
        });
        if (problems.HasErrors || result.Plan is null)
        {
            throw new PlanException(problems.Concat(result.Diagnostics));
        }

        ImmutableArray<Diagnostic> warnings = result.Diagnostics;
        if (options.MemoryLimit is long memory && MachineMemory.Total() is long most && memory > most)
        {
            warnings = warnings.Add(Diagnostics.MoreMemoryThanThereIs("The scheduler", "MemoryLimit", memory, most, null, null));
        }

        return new PreparedPlan(PlannedOf(units, result.Plan), result.Plan, folder, warnings);
    }

    /// <summary>A plan keeps the order of declaration and leaves out units on demand that nobody asks for (rule 5).</summary>
    private static ImmutableArray<Unit> PlannedOf(ImmutableArray<Unit> units, Plan plan)
    {
        if (plan.Units.Length == units.Length)
        {
            return units;
        }

        ImmutableArray<Unit>.Builder planned = ImmutableArray.CreateBuilder<Unit>(plan.Units.Length);
        foreach (Unit unit in units)
        {
            if (planned.Count < plan.Units.Length && plan.Units[planned.Count].Name == unit.Name)
            {
                planned.Add(unit);
            }
        }

        return planned.MoveToImmutable();
    }
}

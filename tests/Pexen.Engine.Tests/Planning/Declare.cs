using System.Collections.Immutable;
using Pexen.Model;
using Pexen.Planning;

namespace Pexen.Engine.Tests.Planning;

/// <summary>Writes projects for tests the way a project file would: text in, units and problems out.</summary>
internal static class Declare
{
    public const string ProjectDirectory = "/project";

    public static readonly PhaseRun AfterBuild = new(Phases.AfterBuild, RunPer.Project);

    public static readonly SourceLocation Project = new("/project/app.csproj");

    /// <summary>A unit from <c>Name=value</c> pairs.</summary>
    public static UnitDeclaration Unit(string include, params (string Name, string Value)[] metadata) =>
        new(include, metadata.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.OrdinalIgnoreCase), Project);

    public static ResourceDeclaration Resource(string include, params (string Name, string Value)[] metadata) =>
        new(include, metadata.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.OrdinalIgnoreCase), Project);

    public static (UnitDefinition? Unit, List<Diagnostic> Problems) Read(UnitDeclaration declaration, ProjectSettings? settings = null, PhaseRun? run = null)
    {
        List<Diagnostic> problems = [];
        UnitReader reader = new(settings ?? new ProjectSettings { MaxParallel = 4 }, ProjectDirectory, run ?? AfterBuild, problems);
        return (reader.Read(declaration), problems);
    }

    /// <summary>One unit with one metadata, which is right.</summary>
    public static UnitDefinition ReadGood(string name, string value)
    {
        (UnitDefinition? unit, List<Diagnostic> problems) = Read(Unit("a", (name, value)));
        Assert.IsEmpty(problems, string.Join('\n', problems));
        return unit!;
    }

    /// <summary>One unit with one metadata, which is wrong.</summary>
    public static Diagnostic ReadBad(string name, string value)
    {
        (UnitDefinition? unit, List<Diagnostic> problems) = Read(Unit("a", (name, value)));
        Assert.HasCount(1, problems, string.Join('\n', problems));
        Assert.IsNotNull(unit, "planning goes on with the default");
        return problems[0];
    }

    public static PlanRequest Request(params UnitDeclaration[] units) => Request(AfterBuild, units);

    public static PlanRequest Request(PhaseRun run, params UnitDeclaration[] units)
    {
        List<Diagnostic> problems = [];
        UnitReader reader = new(new ProjectSettings { MaxParallel = 4 }, ProjectDirectory, run, problems);
        ImmutableArray<UnitDefinition> read = [.. units.Select(reader.Read).OfType<UnitDefinition>()];
        Assert.IsEmpty(problems, string.Join('\n', problems));
        return new PlanRequest { Units = read, Run = run, ProjectDirectory = ProjectDirectory, MaxParallel = 4 };
    }

    public static Plan Good(PlanRequest request)
    {
        PlanResult result = Planner.Plan(request);
        Assert.IsNotNull(result.Plan, string.Join('\n', result.Diagnostics));
        return result.Plan;
    }

    /// <summary>The only problem there is.</summary>
    public static Diagnostic OneProblem(PlanRequest request)
    {
        PlanResult result = Planner.Plan(request);
        Assert.HasCount(1, result.Diagnostics, string.Join('\n', result.Diagnostics));
        Assert.IsNull(result.Plan);
        return result.Diagnostics[0];
    }

    public static IEnumerable<string> WaitsFor(this Plan plan, string unit) =>
        plan.Units.Single(planned => planned.Name == unit).Dependencies.Select(edge => plan.Units[edge.Unit].Name);
}

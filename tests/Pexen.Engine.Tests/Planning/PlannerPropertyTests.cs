using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Pexen.Model;
using Pexen.Planning;
using static Pexen.Engine.Tests.Planning.Declare;

namespace Pexen.Engine.Tests.Planning;

/// <summary>What holds for every project, on seeded random ones.</summary>
[TestClass]
public sealed class PlannerPropertyTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(4711, 17);

    /// <summary>A unit as numbers: priority, and how far back what it waits for lies.</summary>
    private static readonly Gen<(int Priority, int[] Back)> Unit =
        from priority in Gen.Choose(-2, 2)
        from back in Gen.ArrayOf(Gen.Choose(1, 8))
        select (priority, back.Take(6).ToArray());

    private static readonly Arbitrary<(int Priority, int[] Back)[]> Graphs = Gen.ArrayOf(Unit).ToArbitrary();

    [TestMethod]
    public void AcyclicGraph_IsPlanned_AndItsRanksKeepPriorityAndPath() => Check.One(Seeded, Prop.ForAll(Graphs, graph =>
    {
        Plan plan = Good(Project(graph));
        ImmutableArray<PlannedUnit> order = [.. plan.Units.OrderBy(unit => unit.Rank)];
        CollectionAssert.AreEqual(Enumerable.Range(0, graph.Length).ToArray(), order.Select(unit => unit.Rank).ToArray());
        for (int next = 1; next < order.Length; next++)
        {
            Assert.IsLessThanOrEqualTo(order[next].Definition.Priority, order[next - 1].Definition.Priority);
        }

        foreach (PlannedUnit unit in plan.Units)
        {
            foreach (Dependency edge in unit.Dependencies)
            {
                PlannedUnit provider = plan.Units[edge.Unit];
                Assert.IsTrue(provider.Rank < unit.Rank || provider.Definition.Priority > unit.Definition.Priority);
            }
        }
    }));

    [TestMethod]
    public void SameRequest_GivesTheSamePlan() => Check.One(Seeded, Prop.ForAll(Graphs, graph =>
        Assert.AreEqual(Shown(Good(Project(graph))), Shown(Good(Project(graph))))));

    [TestMethod]
    public void SelectionOfEverything_IsTheWholePlan() => Check.One(Seeded, Prop.ForAll(Graphs, graph =>
    {
        PlanRequest request = Project(graph);
        Assert.AreEqual(Shown(Good(request)), Shown(Good(request with { Selection = [.. request.Units.Select(unit => unit.Name)] })));
    }));

    [TestMethod]
    public void EdgeBackwards_IsACycleExactlyWhereItClosesAPath() => Check.One(Seeded, Prop.ForAll(Graphs, graph =>
    {
        if (graph.Length == 0)
        {
            return;
        }

        PlanRequest request = Project(graph);
        UnitDefinition first = request.Units[0] with { Requires = [new Requirement($"u{graph.Length - 1}", null, "last")] };
        bool reached = Reaches(request.Units, graph.Length - 1);
        PlanResult result = Planner.Plan(request with { Units = request.Units.SetItem(0, first) });
        Assert.AreEqual(reached, result.Diagnostics.Any(problem => problem.Code == "PEX1004"));
        Assert.AreEqual(reached, result.Plan is null);
    }));

    [TestMethod]
    public void AnyText_IsReadWithoutAnException()
    {
        string[] names = [.. Vocabulary.UnitMetadata.Keys, "Nonsense"];
        string[] alphabet = ["a", "B", "/", "..", "*", "|", ";", "%3B", "%00", "%", "[1,2)", "(", "1.*", " ", "\"\"", "=", "-", "9", "99999999999", "s", ":", "\n", "é", "\ud800", "#"];
        Gen<string> text = Gen.ArrayOf(Gen.Elements(alphabet)).Select(string.Concat);
        Gen<(string, string)> metadata = from name in Gen.Elements(names) from value in text select (name, value);
        Gen<UnitDeclaration> declaration = from include in text from pairs in Gen.ArrayOf(metadata) select new UnitDeclaration(include, Map(pairs), Declare.Project);
        Check.One(Seeded.WithMaxTest(2_000), Prop.ForAll(Gen.ArrayOf(declaration).ToArbitrary(), declarations =>
        {
            List<Diagnostic> problems = [];
            UnitReader reader = new(new ProjectSettings { MaxParallel = 2 }, ProjectDirectory, AfterBuild, problems);
            ImmutableArray<UnitDefinition> units = [.. declarations.Select(reader.Read).OfType<UnitDefinition>()];
            PlanResult result = Planner.Plan(new PlanRequest { Units = units, Run = AfterBuild, ProjectDirectory = ProjectDirectory, MaxParallel = 2 });
            Assert.AreEqual(result.Plan is null, result.Diagnostics.Any(problem => problem.Severity == Severity.Error));
            Assert.IsTrue(problems.Concat(result.Diagnostics).All(problem => problem.Message.Length > 0 && !problem.Message.Contains('\n')));
        }));
    }

    private static Dictionary<string, string> Map((string Name, string Value)[] pairs)
    {
        Dictionary<string, string> map = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string value) in pairs)
        {
            map[name] = value;
        }

        return map;
    }

    private static PlanRequest Project((int Priority, int[] Back)[] graph)
    {
        PlanRequest request = ReadyOrderTests.Generated(graph.Length, i => [.. graph[i].Back.Where(back => back <= i).Select(back => $"u{i - back}")]);
        return request with { Units = [.. request.Units.Select((unit, i) => unit with { Priority = graph[i].Priority })] };
    }

    /// <summary>Whether the unit needs the first one, by the plainest walk there is.</summary>
    private static bool Reaches(ImmutableArray<UnitDefinition> units, int from)
    {
        bool[] seen = new bool[units.Length];
        Stack<int> todo = new([from]);
        while (todo.TryPop(out int unit))
        {
            if (!seen[unit])
            {
                seen[unit] = true;
                foreach (Requirement requirement in units[unit].Requires)
                {
                    todo.Push(int.Parse(requirement.Name.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture));
                }
            }
        }

        return seen[0];
    }

    private static string Shown(Plan plan) => PlanText.Write(new PlanView(plan, AfterBuild, 2, ImmutableDictionary<string, double>.Empty));
}

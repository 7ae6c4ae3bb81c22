using System.Collections.Immutable;
using System.Diagnostics;
using Pexen.Execution;
using Pexen.Execution.Protocol;
using Pexen.Model;
using Pexen.Planning;
using static Pexen.Engine.Tests.Planning.Declare;

namespace Pexen.Engine.Tests.Planning;

/// <summary>Rule 32: what joins a plan that runs, and what does not.</summary>
[TestClass]
public sealed class LivePlanTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void AddedUnits_GoOnFromThoseThatWereThere()
    {
        Scene scene = new(Unit("gen"), Unit("old", ("Provides", "lib 1.5")));
        PlanExtension added = scene.Add(
            Unit("b", ("Requires", "a;lib [1,2)"), ("After", "gen"), ("Claims", "DB;net")), Unit("a", ("RequiresAny", "old|gen"), ("Slots", "9"), ("Uses", "net;x;net")));

        CollectionAssert.AreEqual(new[] { (2, 2), (3, 3) }, added.Units.Select(unit => (unit.Index, unit.Rank)).ToArray());
        CollectionAssert.AreEqual(new[] { "gen", "gen" }, added.Units.Select(unit => unit.AddedBy).ToArray());
        CollectionAssert.AreEqual(
            new[] { new Dependency(3, DependencyKind.Requires), new Dependency(1, DependencyKind.Requires), new Dependency(0, DependencyKind.After) }, added.Units[0].Dependencies.ToArray());
        CollectionAssert.AreEqual(new[] { new Dependency(1, DependencyKind.RequiresAny), new Dependency(0, DependencyKind.RequiresAny) }, added.Units[1].Dependencies.ToArray());
        CollectionAssert.AreEqual(new[] { "DB", "net", "x" }, added.Resources.Select(resource => resource.Name).ToArray());
        CollectionAssert.AreEqual(new[] { new ResourceUse("net"), new ResourceUse("x") }, added.Units[1].Definition.Uses.ToArray());
        Assert.AreEqual(4, added.Units[1].Definition.Slots, "clamped");
        Assert.AreEqual(Severity.Message, scene.Problems.Single().Severity);
        Assert.IsEmpty(added.Dependencies);
        Assert.AreEqual(4, scene.Live.Count);
    }

    [TestMethod]
    public void DependentOfTheWriterThatAsksByCapability_WaitsForWhatIsAdded()
    {
        Scene scene = new(
            Unit("gen", ("Provides", "part 1.0")),
            Unit("direct", ("Requires", "part"), ("After", "part")),
            Unit("indirect", ("Requires", "direct"), ("RequiresAny", "direct;part [1,2)|other")),
            Unit("softly", ("After", "gen;part")),
            Unit("elsewhere", ("Provides", "part 2.0")),
            Unit("another", ("RequiresAny", "elsewhere|part [3,4)")));
        PlanExtension added = scene.Add(Unit("n1", ("Provides", "part 1.1")), Unit("n2", ("Provides", "part 3.0"), ("Requires", "part [1.1]")));

        CollectionAssert.AreEquivalent(
            new[]
            {
                new AddedDependency(1, new Dependency(6, DependencyKind.Requires)),
                new AddedDependency(1, new Dependency(7, DependencyKind.Requires)),
                new AddedDependency(2, new Dependency(6, DependencyKind.RequiresAny, 1)),
                new AddedDependency(3, new Dependency(6, DependencyKind.After)),
                new AddedDependency(3, new Dependency(7, DependencyKind.After)),
            },
            added.Dependencies.ToArray());
        CollectionAssert.AreEqual(new[] { new Dependency(6, DependencyKind.Requires) }, added.Units[1].Dependencies.ToArray());
    }

    [TestMethod]
    public void UnitThatDoesNotWaitForTheWriter_IsLeftAlone() =>
        Assert.IsEmpty(new Scene(Unit("gen"), Unit("a", ("Provides", "part")), Unit("b", ("Requires", "part"))).Add(Unit("n", ("Provides", "part"))).Dependencies);

    [TestMethod]
    public void UnitAddedBefore_CountsLikeAnyOther()
    {
        Scene scene = new(Unit("gen"), Unit("report", ("Requires", "gen"), ("RequiresAny", "gen|part")));
        PlanExtension first = scene.Add(Unit("n1", ("Requires", "gen"), ("After", "part")), Unit("n2", ("Provides", "part")));
        Assert.AreEqual("2:3, 1:3", Edges(first), "n1 waits for n2, and so does report");
        PlanExtension second = scene.Add(Unit("n3", ("Provides", "part 2.0"), ("Requires", "part")));
        Assert.AreEqual("4:3, 1:4, 2:4", Edges(second));
    }

    [TestMethod]
    [DataRow("PEX1001", "\"OLD\"", "OLD", "", "")]
    [DataRow("PEX1002", "Did you mean \"old\"?", "n", "Requires", "odl")]
    [DataRow("PEX1002", "nowhere", "n", "RequiresAny", "nowhere")]
    [DataRow("PEX1003", "1.5 (unit \"old\")", "n", "Requires", "lib [2,3)")]
    [DataRow("PEX1004", "n -> n", "n", "Requires", "n")]
    [DataRow("PEX1005", "keep one of them", "n", "Claims", "net/4")]
    [DataRow("PEX1009", "\"old\"", "n", "Outputs", "gen/a.cs")]
    [DataRow("PEX1009", "made/deep/", "n", "Outputs", "made/deep/")]
    [DataRow("PEX1010", "3 tokens", "n", "Uses", "net;gpu*3")]
    [DataRow("PEX1013", "OnDemand is not for units that are added", "n", "OnDemand", "true")]
    public void AddedUnitThatIsWrong_IsRefusedWithWriterAndReason(string code, string says, string name, string metadata, string value)
    {
        Scene scene = new(Unit("gen"), Unit("old", ("Provides", "lib 1.5"), ("Outputs", "gen/;made/deep/x.cs")), Unit("report", ("Requires", "gen")));
        UnitDeclaration[] lines = [Unit("good", ("Provides", "report-part"), ("Outputs", "good/")), Unit(name, metadata.Length == 0 ? [] : [(metadata, value), .. metadata == "Claims" ? new[] { ("Uses", "net") } : []])];
        Diagnostic problem = scene.Refuse(lines).Single();

        Assert.AreEqual("PEX1013", problem.Code);
        Assert.AreEqual("gen", problem.Unit, "it is the writer that fails");
        Assert.StartsWith("Unit \"gen\" added units that are refused", problem.Message);
        Assert.Contains($"\"{name}\"", problem.Message);
        Assert.Contains(says, problem.Message);
        Assert.AreEqual(code != "PEX1013", problem.Message.EndsWith($"({code})", StringComparison.Ordinal));
        Assert.AreEqual(3, scene.Live.Count);
        Assert.HasCount(2, scene.Add(lines[0], Unit("n2", ("Outputs", "made/other/"), ("Claims", "net/4"))).Units, "nothing is left of what was refused");
    }

    [TestMethod]
    public void AllReasons_AreToldTogether()
    {
        Scene scene = new(Unit("gen"));
        Assert.HasCount(3, scene.Refuse(Unit("gen", ("Requires", "x")), Unit("b", ("Requires", "c")), Unit("c", ("Requires", "b"))));
    }

    [TestMethod]
    public void LinesThatRequireEachOtherInACircle_AreRefused() =>
        Assert.Contains("a -> b -After-> c -> a", new Scene(Unit("gen")).Refuse(
            Unit("a", ("Requires", "b")), Unit("b", ("After", "c")), Unit("c", ("Requires", "a"))).Single().Message);

    [TestMethod]
    public void CircleThroughAUnitThatWouldWait_IsFoundAndPrinted()
    {
        Scene scene = new(Unit("gen"), Unit("report", ("Requires", "gen"), ("RequiresAny", "gen|part")), Unit("mail", ("Requires", "report")));
        Assert.Contains("report -RequiresAny-> n -> mail -> report", scene.Refuse(Unit("n", ("Provides", "part"), ("Requires", "mail"))).Single().Message);
        Assert.AreEqual("1:3", Edges(scene.Add(Unit("n", ("Provides", "part")))));
    }

    [TestMethod]
    public void CircleThroughTwoUnitsThatWouldWait_IsFound()
    {
        Scene scene = new(Unit("gen"), Unit("one", ("Requires", "gen"), ("After", "x")), Unit("two", ("Requires", "gen"), ("After", "y")));
        Diagnostic problem = scene.Refuse(Unit("nx", ("Provides", "x"), ("Requires", "two")), Unit("ny", ("Provides", "y"), ("Requires", "one"))).Single();
        Assert.Contains("one -After-> nx -> two -After-> ny -> one", problem.Message);
        Assert.AreEqual("3:2, 1:3", Edges(scene.Add(Unit("nx", ("Provides", "x"), ("Requires", "two")))));
        Assert.AreEqual("2:4", Edges(scene.Add(Unit("ny", ("Provides", "y")))));
    }

    [TestMethod]
    public void ProvidingWhatAStartedUnitRequired_IsRefused()
    {
        Scene scene = new(Unit("gen"), Unit("lib", ("Provides", "part 1.0")), Unit("early", ("Requires", "part [1,2)")), Unit("any", ("RequiresAny", "lib|missing")), Unit("soft", ("After", "hint")));
        scene.Start("early", "any", "soft");
        Assert.Contains("\"part 1.5\", which \"early\" required", scene.Refuse(Unit("n", ("Provides", "part 1.5"))).Single().Message);
        Assert.Contains("\"missing\", which \"any\" required", scene.Refuse(Unit("missing")).Single().Message);
        Assert.HasCount(2, scene.Add(Unit("n", ("Provides", "part 2.0")), Unit("hint")).Units, "another version, and a soft wish, take nothing from anybody");
    }

    [TestMethod]
    public void UnitsBeyondTheLimit_AreRefused()
    {
        Scene scene = new(3, Unit("gen"));
        scene.Add(Unit("a"), Unit("b"));
        Assert.Contains("PexenMaxDynamicUnits", scene.Refuse(Unit("c"), Unit("d")).Single().Message);
        scene.Add(Unit("c"));
    }

    [TestMethod]
    public void UnknownGroup_IsRefused()
    {
        Scene scene = new(Unit("gen"), groups: [new GroupDefinition("vm", 2, false)]);
        Assert.Contains("Did you mean \"vm\"", scene.RefuseRead(scene.Read(Unit("n")) with { Group = "vms" }).Single().Message);
        Assert.AreEqual("vm", scene.AddRead(scene.Read(Unit("n")) with { Group = "VM" }).Units[0].Definition.Group);
    }

    [TestMethod]
    public void PlanThatCameThroughTheProtocol_KnowsItsRangesAgain()
    {
        Plan plan = Good(Request(Unit("gen"), Unit("lib", ("Provides", "part 1.0")), Unit("b", ("Requires", "gen;part [1,2)"))));
        RunRequest request = new()
        {
            RunId = "r",
            BuildId = "b",
            ProjectFile = "/project/app.proj",
            ProjectName = "app",
            Phase = "AfterBuild",
            Folder = "/project/obj",
            MaxParallel = 2,
            Plan = plan,
        };
        LivePlan live = new(RunRequestReader.Read(RunRequestWriter.Write(request).Span).Plan, 2, ProjectDirectory);
        List<Diagnostic> problems = [];
        PlanExtension? added = live.TryAdd(0, [ReadGood("Provides", "part 2.0") with { Name = "n2" }, ReadGood("Provides", "part 1.9") with { Name = "n1" }], _ => false, problems);
        Assert.IsNotNull(added, string.Join('\n', problems));
        Assert.AreEqual(new AddedDependency(2, new Dependency(4, DependencyKind.Requires)), added.Dependencies.Single());
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public void TenThousandUnitsAddedOneByOne_CostTheSameEach()
    {
        Measure(500);
        (double few, double many) = (double.MaxValue, double.MaxValue);
        for (int attempt = 0; attempt == 0 || (attempt < 5 && many >= 12 * few); attempt++)
        {
            // The quickest of several: others use this machine as well.
            few = Math.Min(few, Measure(2_500));
            many = Math.Min(many, Measure(10_000));
        }

        TestContext.WriteLine($"{few:0} ms for 2,500 and {many:0} ms for 10,000");
        Assert.IsLessThan(12 * few, many, $"{few:0} ms for 2,500 and {many:0} ms for 10,000");

        static double Measure(int count)
        {
            PlanRequest request = ReadyOrderTests.Generated(1_000, i => i < 500 ? [] : ["u0", "part"]);
            UnitDefinition part = request.Units[1] with { Provides = [new Capability("u1", null), new Capability("part", null)] };
            LivePlan live = new(Good(request with { Units = request.Units.SetItem(1, part) }), 2, ProjectDirectory, count);
            List<Diagnostic> problems = [];
            long before = Stopwatch.GetTimestamp();
            for (int i = 0; i < count; i++)
            {
                string name = $"n{i}";
                UnitDefinition unit = part with
                {
                    Name = name,
                    Provides = [new Capability(name, null), .. i % 100 == 0 ? [new Capability("part", null)] : Array.Empty<Capability>()],
                    Requires = i == 0 ? [] : [new Requirement($"n{i - 1}", null, $"n{i - 1}"), new Requirement("u2", null, "u2")],
                    Outputs = [$"gen/{name}.cs"],
                };
                PlanExtension? added = live.TryAdd(0, [unit], index => index < 500, problems);
                Assert.IsNotNull(added, string.Join('\n', problems));
                Assert.HasCount(i % 100 == 0 ? 500 : 0, added.Dependencies);
            }

            return Stopwatch.GetElapsedTime(before).TotalMilliseconds;
        }
    }

    private static string Edges(PlanExtension added) => string.Join(
        ", ",
        added.Units.SelectMany(unit => unit.Dependencies.Where(edge => edge.Unit > 1).Select(edge => $"{unit.Index}:{edge.Unit}"))
            .Concat(added.Dependencies.Select(edge => $"{edge.Unit}:{edge.Dependency.Unit}")));

    /// <summary>A run whose first unit writes.</summary>
    private sealed class Scene
    {
        private readonly HashSet<int> _started = [0];
        private readonly Plan _plan;

        public Scene(params UnitDeclaration[] units)
            : this(10_000, units)
        {
        }

        public Scene(int most, params UnitDeclaration[] units)
            : this(most, [], units)
        {
        }

        public Scene(UnitDeclaration unit, ImmutableArray<GroupDefinition> groups)
            : this(10_000, groups, unit)
        {
        }

        private Scene(int most, ImmutableArray<GroupDefinition> groups, params UnitDeclaration[] units)
        {
            _plan = Good(Request(units) with { Resources = [new ResourceDefinition("gpu", 2)], Groups = groups });
            Live = new LivePlan(_plan, 4, ProjectDirectory, most);
        }

        public LivePlan Live { get; }

        public List<Diagnostic> Problems { get; } = [];

        public void Start(params string[] units) => _started.UnionWith(units.Select(name => _plan.Units.Single(unit => unit.Name == name).Index));

        public UnitDefinition Read(UnitDeclaration unit) => Declare.Read(unit).Unit!;

        public PlanExtension Add(params UnitDeclaration[] units) => AddRead([.. units.Select(Read)]);

        public PlanExtension AddRead(params UnitDefinition[] units)
        {
            PlanExtension? added = Live.TryAdd(0, units, _started.Contains, Problems);
            Assert.IsNotNull(added, string.Join('\n', Problems));
            return added;
        }

        public List<Diagnostic> Refuse(params UnitDeclaration[] units) => RefuseRead([.. units.Select(Read)]);

        public List<Diagnostic> RefuseRead(params UnitDefinition[] units)
        {
            List<Diagnostic> problems = [];
            int before = Live.Count;
            Assert.IsNull(Live.TryAdd(0, units, _started.Contains, problems));
            Assert.AreEqual(before, Live.Count);
            return problems;
        }
    }
}

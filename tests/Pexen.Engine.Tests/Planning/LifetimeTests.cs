using Pexen.Model;
using Pexen.Planning;
using static Pexen.Engine.Tests.Planning.Declare;

namespace Pexen.Engine.Tests.Planning;

/// <summary>Services and finalizers in a plan: rules 6, 8, 24, 26, 27, 28.</summary>
[TestClass]
public sealed class LifetimeTests
{
    private static readonly (string, string) IsService = ("Service", "true");

    [TestMethod]
    [DataRow("port:5432", "Port", "5432")]
    [DataRow("PORT: 1", "Port", "1")]
    [DataRow("output:^ready .*$", "Output", "^ready .*$")]
    [DataRow("file:run/up", "File", "/project/run/up")]
    [DataRow("command:pg_isready -q; true", "Command", "pg_isready -q; true")]
    [DataRow("started", "Started", "")]
    public void EachFormOfReadiness_IsRead(string text, string kind, string expected)
    {
        (UnitDefinition? unit, List<Diagnostic> problems) = Read(Unit("a", ("Command", "x"), IsService, ("ReadyWhen", text), ("ReadyTimeout", "5s")));
        Assert.IsEmpty(problems);
        Assert.AreEqual(new ServiceTerms(Enum.Parse<ReadyKind>(kind), expected, TimeSpan.FromSeconds(5)), unit!.Service);
    }

    [TestMethod]
    public void NothingSaidAboutReadiness_ItIsReadyWhenStartedWithinAMinute() =>
        Assert.AreEqual(new ServiceTerms(ReadyKind.Started, "", TimeSpan.FromSeconds(60)), Read(Unit("a", ("Command", "x"), IsService)).Unit!.Service);

    [TestMethod]
    [DataRow("port:0")]
    [DataRow("port:65536")]
    [DataRow("port:http")]
    [DataRow("output:")]
    [DataRow("output:(")]
    [DataRow(@"output:(a)\1")]
    [DataRow("output:(?<=a)b")]
    [DataRow("file:")]
    [DataRow("http://localhost")]
    [DataRow("ready")]
    public void ReadinessThatCannotBe_IsRefused(string text)
    {
        (UnitDefinition? unit, List<Diagnostic> problems) = Read(Unit("a", ("Command", "x"), IsService, ("ReadyWhen", text)));
        Assert.HasCount(1, problems);
        Assert.AreEqual("PEX1006", problems[0].Code);
        Assert.AreEqual(ReadyKind.Started, unit!.Service!.Kind);
    }

    [TestMethod]
    public void ExpressionThatWouldGoBackForEver_IsMatchedWithoutGoingBack() =>
        Assert.IsEmpty(Read(Unit("a", ("Command", "x"), IsService, ("ReadyWhen", "output:^(a+)+$"))).Problems);

    [TestMethod]
    public void ServiceWithoutAnythingToRun_IsRefused() => Refused("Service", IsService);

    [TestMethod]
    public void ServiceThatIsAFinalizer_IsRefused() => Refused("Service", IsService, ("Command", "x"), ("Finalizes", "b"));

    [TestMethod]
    public void ReadinessOfWhatIsNoService_IsRefused() => Refused("ReadyWhen", ("Command", "x"), ("ReadyWhen", "port:1"));

    [TestMethod]
    public void Finalizer_WaitsForWhatItListsAndForAllThatNeedThatButItsOwnDependents()
    {
        Plan plan = Good(Request(
            Unit("make"), Unit("use", ("Requires", "make")), Unit("more", ("Requires", "use")), Unit("other"),
            Unit("clean", ("Finalizes", "make")), Unit("report", ("Requires", "clean;make"))));
        CollectionAssert.AreEqual(
            new[] { new Dependency(0, DependencyKind.Finalizes), new Dependency(1, DependencyKind.After), new Dependency(2, DependencyKind.After) },
            plan.Units[4].Dependencies.ToArray());
    }

    [TestMethod]
    public void FinalizerOfAUnitThatDoesNotExist_IsRefusedWithTheNearestName()
    {
        Diagnostic problem = OneProblem(Request(Unit("make"), Unit("clean", ("Finalizes", "mkae"))));
        Assert.AreEqual("PEX1011", problem.Code);
        Assert.Contains("\"make\"", problem.Message);
    }

    [TestMethod]
    public void FinalizerInAnotherPhase_IsRefused() =>
        Assert.AreEqual("PEX1011", OneProblem(Request(Unit("make"), Unit("clean", ("Finalizes", "make"), ("Phase", "AfterTest")))).Code);

    [TestMethod]
    [DataRow("a", "a", "a -Finalizes-> a")]
    [DataRow("b", "b", "a -Finalizes-> b -> a")]
    public void FinalizerOfItselfOrOfWhatWaitsForIt_IsACircle(string finalized, string _, string path)
    {
        Diagnostic problem = OneProblem(Request(Unit("a", ("Finalizes", finalized)), Unit("b", ("Requires", "a"))));
        Assert.AreEqual("PEX1004", problem.Code);
        Assert.Contains(path, problem.Message);
    }

    [TestMethod]
    public void FinalizersThatWaitForEachOthersUnits_AreACircle() =>
        Assert.AreEqual("PEX1004", OneProblem(Request(
            Unit("a"), Unit("c"), Unit("f", ("Finalizes", "a")), Unit("g", ("Finalizes", "c")),
            Unit("b", ("Requires", "a;g")), Unit("d", ("Requires", "c;f")))).Code);

    [TestMethod]
    [DataRow("After")]
    [DataRow("Finalizes")]
    public void UserWaitsForWhatComesAfterTheServiceHasEnded_IsACircle(string metadata)
    {
        Diagnostic problem = OneProblem(Request(Service("db"), Unit("late", (metadata, "db")), Unit("user", ("Requires", "db;late"))));
        Assert.AreEqual("PEX1004", problem.Code);
        Assert.Contains("-Serves->", problem.Message);
    }

    [TestMethod]
    public void WhatComesAfterAServiceThatOthersUse_IsNoCircle() =>
        Good(Request(Service("db"), Unit("user", ("Requires", "db")), Unit("late", ("After", "db")), Unit("drop", ("Finalizes", "db;user"))));

    [TestMethod]
    public void SelectedUnit_BringsItsServicesAndItsFinalizersAndWhatTheseNeed()
    {
        PlanRequest request = Request(
            Service("db"), Service("unused"), Unit("tool"), Unit("user", ("Requires", "db")), Unit("drop", ("Finalizes", "db"), ("Requires", "tool")),
            Unit("after-drop", ("Finalizes", "drop")), Unit("idle", ("Finalizes", "unused")));
        CollectionAssert.AreEqual(
            new[] { "db", "tool", "user", "drop", "after-drop" },
            Good(request with { Selection = ["user"] }).Units.Select(unit => unit.Name).ToArray());
    }

    [TestMethod]
    [DataRow("Claims", "data/x", "Uses", "data")]
    [DataRow("Uses", "data", "Claims", "data/x")]
    [DataRow("Claims", "data", "Claims", "data")]
    public void UserWantsWhatItsServiceHolds_IsRefused(string held, string of, string wanted, string what)
    {
        Diagnostic problem = OneProblem(Request(Service("db", (held, of)), Unit("user", ("Requires", "db"), (wanted, what))));
        Assert.AreEqual("PEX1012", problem.Code);
        Assert.AreEqual("user", problem.Unit);
    }

    [TestMethod]
    public void UserThroughAMilestoneOrFinalizerOfAUserWantsWhatTheServiceHolds_IsRefused()
    {
        Assert.AreEqual("PEX1012", OneProblem(Request(Service("db", ("Claims", "x")), Unit("ready", ("Requires", "db")), Unit("user", ("Requires", "ready"), ("Uses", "x")))).Code);
        Assert.AreEqual("PEX1012", OneProblem(Request(Service("db", ("Claims", "x")), Unit("user", ("Requires", "db")), Unit("drop", ("Finalizes", "user"), ("Claims", "x")))).Code);
        Good(Request(Service("db", ("Claims", "x")), Unit("user", ("Requires", "db")), Unit("drop", ("Finalizes", "db"), ("Claims", "x"))));
    }

    [TestMethod]
    public void TwoServicesOfOneUserWantTheSame_IsRefused()
    {
        Assert.AreEqual("PEX1012", OneProblem(Request(Service("a", ("Claims", "x")), Service("b", ("Uses", "x")), Unit("user", ("Requires", "a;b")))).Code);
        Good(Request(Service("a", ("Claims", "x")), Service("b", ("Uses", "x")), Unit("one", ("Requires", "a")), Unit("other", ("Requires", "b"))));
    }

    [TestMethod]
    public void ServicesAreForTests_TheseNeedAllOfThemAtOnce()
    {
        (string, string) claims = ("Claims", "x"), uses = ("Uses", "x"), phase = ("Phase", "BeforeTest");
        PlanRequest Of(params UnitDeclaration[] units) => Request(units) with { Run = new PhaseRun("BeforeTest", RunPer.Project) };

        Assert.Contains("the tests need both", OneProblem(Of(Service("a", claims, phase), Service("b", uses, phase))).Message);
        Assert.Contains("until the tests have ended", OneProblem(Of(Service("a", claims, phase), Unit("import", uses, phase))).Message);
        Assert.AreEqual("PEX1012", OneProblem(Of(Service("a", claims, phase), Unit("user", uses, phase, ("Requires", "a")))).Code);
        Assert.AreEqual("PEX1012", OneProblem(Of(Service("a", claims, phase), Unit("user", phase, ("Requires", "a")), Unit("drop", uses, phase, ("Finalizes", "user")))).Code);
        Good(Of(Unit("import", uses, phase), Service("a", claims, phase, ("Requires", "import")), Unit("drop", claims, phase, ("Finalizes", "import"))));
    }

    [TestMethod]
    public void ServiceOfTheProjectIsForTests_UnitsOfTheFrameworksDoNotGetWhatItHolds()
    {
        (string, string) claims = ("Claims", "x"), phase = ("Phase", "BeforeTest"), framework = ("RunPer", "TargetFramework");
        PlanRequest Of(params UnitDeclaration[] units) => Request(units) with { Run = new PhaseRun("BeforeTest", RunPer.Project) };

        Diagnostic problem = OneProblem(Of(Service("a", claims, phase), Unit("seed", claims, phase, framework)));
        Assert.AreEqual("PEX1012 seed", $"{problem.Code} {problem.Unit}");
        Good(Of(Service("a", claims, phase), Unit("seed", claims, ("Phase", "AfterTest"), framework)));
        Good(Of(Unit("import", claims, phase), Service("a", claims, phase, framework)));
    }

    [TestMethod]
    public void ServiceIsForTests_WhatItProvidesIsNotUnused()
    {
        PlanRequest request = Request(Service("a", ("Phase", "BeforeTest"), ("Provides", "database"))) with { Run = new PhaseRun("BeforeTest", RunPer.Project) };

        Assert.IsEmpty(Planner.Plan(request).Diagnostics);
    }

    [TestMethod]
    public void ServicesAndFinalizersOfAnExclusiveGroup_AreInside()
    {
        PlanRequest request = Request(
            Service("db"), Service("shared"), Unit("user", ("Requires", "db;shared"), ("Group", "alone")), Unit("other", ("Requires", "shared")), Unit("drop", ("Finalizes", "db")))
            with
        { Groups = [new GroupDefinition("alone", null, true, null, null)] };
        Plan plan = Good(request);
        Assert.AreEqual("alone", plan.Units[0].Definition.Group);
        Assert.IsNull(plan.Units[1].Definition.Group);
        Assert.AreEqual("alone", plan.Units[4].Definition.Group);
    }

    [TestMethod]
    public void UnitsThatAreAddedAndNeedWhatIsFinalized_AreWaitedForByTheFinalizer()
    {
        Plan plan = Good(Request(Unit("make"), Unit("clean", ("Finalizes", "make")), Unit("last", ("Requires", "clean"))));
        LivePlan live = new(plan, 4, ProjectDirectory);
        List<Diagnostic> problems = [];
        UnitDefinition[] units = [Read(Unit("x", ("Requires", "y"))).Unit!, Read(Unit("y", ("Requires", "make"))).Unit!, Read(Unit("z", ("Requires", "make;last"))).Unit!];
        PlanExtension? added = live.TryAdd(0, units, unit => unit == 0, problems);
        Assert.IsEmpty(problems);
        CollectionAssert.AreEquivalent(
            new[] { new AddedDependency(1, new Dependency(4, DependencyKind.After)), new AddedDependency(1, new Dependency(3, DependencyKind.After)) },
            added!.Dependencies.ToArray());
    }

    [TestMethod]
    public void ServicesAndFinalizers_CannotBeAdded()
    {
        LivePlan live = new(Good(Request(Unit("gen"))), 4, ProjectDirectory);
        List<Diagnostic> problems = [];
        Assert.IsNull(live.TryAdd(0, [Read(Service("db")).Unit!, Read(Unit("drop", ("Finalizes", "gen"))).Unit!], _ => true, problems));
        CollectionAssert.AreEqual(new[] { "PEX1013", "PEX1013" }, problems.Select(problem => problem.Code).ToArray());
    }

    [TestMethod]
    public void ServiceOfAnEarlierPhase_IsNotThereAnyMore()
    {
        Diagnostic problem = Planner.Plan(
            Request(AfterBuild, Service("db", ("Phase", "BeforeBuild")), Unit("user", ("Requires", "db"))) with { EarlierPhases = new AllSucceeded() }).Diagnostics.Single();
        Assert.AreEqual("PEX1014", problem.Code);
        Assert.Contains("is a service", problem.Message);
    }

    private static UnitDeclaration Service(string name, params (string, string)[] metadata) => Unit(name, [("Command", "x"), IsService, .. metadata]);

    private static void Refused(string metadata, params (string, string)[] given)
    {
        Diagnostic problem = Read(Unit("a", given)).Problems.Single();
        Assert.AreEqual("PEX1006", problem.Code);
        Assert.Contains(metadata + "=", problem.Message);
    }

    private sealed class AllSucceeded : IEarlierPhases
    {
        public EarlierRun? Last(PhaseRun run) => new(true, System.Collections.Immutable.ImmutableDictionary<string, EarlierUnit>.Empty, true);
    }
}

using System.Collections.Immutable;
using Pexen.Model;
using Pexen.Planning;
using static Pexen.Engine.Tests.Planning.Declare;

namespace Pexen.Engine.Tests.Planning;

/// <summary>Rule 5: units that are planned only if somebody asks.</summary>
[TestClass]
public sealed class OnDemandTests
{
    [TestMethod]
    public void UnitOnDemandThatNobodyRequires_IsNotPlanned()
    {
        PlanResult result = Planner.Plan(Request(OnDemand("db", ("Provides", "store 1.0"), ("Requires", "ground")), Unit("ground", ("Provides", "cap")), Unit("a", ("After", "db;store"))));
        Assert.AreEqual("ground a", Names(result.Plan!));
        Assert.AreEqual("PEX2001", result.Diagnostics.Single().Code, "cap alone: store is of a unit that is not planned");
        Assert.Contains("\"cap\"", result.Diagnostics[0].Message);
    }

    [TestMethod]
    [DataRow("db", "new", DisplayName = "Highest version")]
    [DataRow("db [1,2)", "cheap", DisplayName = "Then lowest priority")]
    [DataRow("db [0.5]", "first", DisplayName = "Then order of declaration")]
    [DataRow("plain", "versioned", DisplayName = "No version is less than any")]
    public void BestOfSeveral_IsChosen(string required, string chosen)
    {
        Plan plan = Good(Request(
            Unit("a", ("Requires", required)),
            OnDemand("first", ("Provides", "db 0.5;db 1.0;plain")),
            OnDemand("cheap", ("Provides", "db 1.0"), ("Priority", "-1")),
            OnDemand("second", ("Provides", "db 0.5;plain")),
            OnDemand("new", ("Provides", "db 2.0")),
            OnDemand("versioned", ("Provides", "plain 0.1"))));
        Assert.AreEqual($"a {chosen}", Names(plan));
        CollectionAssert.AreEqual(new[] { chosen }, plan.WaitsFor("a").ToArray());
    }

    [TestMethod]
    public void PlannedProviderThatIsNotOnDemand_MakesTheOthersNeedless()
    {
        Plan plan = Good(Request(Unit("a", ("Requires", "db")), OnDemand("big", ("Provides", "db 9.0")), Unit("small", ("Provides", "db 1.0"))));
        Assert.AreEqual("a small", Names(plan));
        Assert.AreEqual("db: small 1.0; not big 9.0, on demand and not needed", plan.Choices.Single());
    }

    [TestMethod]
    public void ProviderChosenBefore_IsTakenAgainRatherThanABetterOne()
    {
        Plan plan = Good(Request(
            Unit("a", ("Requires", "db [1,2)")), Unit("b", ("Requires", "db")), OnDemand("old", ("Provides", "db 1.0")), OnDemand("new", ("Provides", "db 2.0"))));
        Assert.AreEqual("a b old", Names(plan));
        CollectionAssert.AreEqual(new[] { "db [1,2): old 1.0; not new 2.0, outside the range", "db: old 1.0; not new 2.0, for old was chosen before" }, plan.Choices.ToArray());
    }

    [TestMethod]
    public void AllPlannedMatches_AreWaitedForWhoeverBroughtThem()
    {
        Plan plan = Good(Request(
            Unit("a", ("Requires", "db")), Unit("b", ("Requires", "db [1,2)")), OnDemand("old", ("Provides", "db 1.0")), OnDemand("new", ("Provides", "db 2.0"))));
        Assert.AreEqual("a b old new", Names(plan));
        CollectionAssert.AreEqual(new[] { "old", "new" }, plan.WaitsFor("a").ToArray(), "rule 3 looks at what is planned in the end");
        CollectionAssert.AreEqual(new[] { "old" }, plan.WaitsFor("b").ToArray());
    }

    [TestMethod]
    public void WhatIsBroughtIn_BringsWhatItRequiresBeforeTheNextRequirementIsLookedAt()
    {
        Plan plan = Good(Request(
            Unit("a", ("Requires", "x;y")),
            OnDemand("x1", ("Provides", "x"), ("RequiresAny", "y [1,2)|nowhere")),
            OnDemand("y1", ("Provides", "y 1.0"), ("Requires", "z")),
            OnDemand("y2", ("Provides", "y 2.0")),
            OnDemand("z1", ("Provides", "z")),
            OnDemand("unused", ("Requires", "nowhere"))));
        Assert.AreEqual("a x1 y1 z1", Names(plan));
    }

    [TestMethod]
    public void AlternativesOnDemand_BringOneUnitForAllOfThem()
    {
        UnitDeclaration[] units = [Unit("a", ("RequiresAny", "pg|sqlite [3,4)")), OnDemand("s", ("Provides", "sqlite 3.40")), OnDemand("p", ("Provides", "pg 16.3"))];
        Plan plan = Good(Request(units));
        Assert.AreEqual("a p", Names(plan));
        Assert.AreEqual("pg|sqlite [3,4): p 16.3; not s 3.40, lower version", plan.Choices.Single());
        Assert.AreEqual("a s", Names(Good(Request([.. units[..2], Unit("p", ("Provides", "pg 16.3"), ("Phase", "AfterTest"))]))));
    }

    [TestMethod]
    public void UnitOnDemandThatRequiresWhatItProvides_BringsAnother()
    {
        Plan plan = Good(Request(Unit("a", ("Requires", "db")), OnDemand("replica", ("Provides", "db 2.0"), ("Requires", "db")), OnDemand("primary", ("Provides", "db 1.0"))));
        CollectionAssert.AreEqual(new[] { "primary" }, plan.WaitsFor("replica").ToArray());
        Assert.AreEqual("PEX1004", OneProblem(Request(Unit("a", ("Requires", "db")), OnDemand("replica", ("Provides", "db 2.0"), ("Requires", "db")))).Code);
    }

    [TestMethod]
    public void MistakesOfWhatIsNotPlanned_StandInNobodysWay()
    {
        Assert.AreEqual("a", Names(Good(Request(Unit("a"), OnDemand("b", ("Requires", "nowhere"), ("Outputs", "x")), OnDemand("c", ("Requires", "c"), ("Outputs", "x"))))));
        Assert.AreEqual("PEX1002", OneProblem(Request(Unit("a", ("Requires", "b")), OnDemand("b", ("Requires", "nowhere")))).Code);
        Assert.AreEqual("PEX1009", OneProblem(Request(Unit("a", ("Requires", "b;c")), OnDemand("b", ("Outputs", "x")), OnDemand("c", ("Outputs", "x")))).Code);
    }

    [TestMethod]
    public void Selection_ResolvesOnlyWhatIsSelected()
    {
        PlanRequest request = Request(
            Unit("a", ("Requires", "db [1,2)")), Unit("b", ("Requires", "db")), OnDemand("old", ("Provides", "db 1.0")), OnDemand("new", ("Provides", "db 2.0")));
        Assert.AreEqual("b new", Names(Good(request with { Selection = ["b"] })), "a has no say when it is not planned");
        Assert.AreEqual("old", Names(Good(request with { Selection = ["OLD"] })), "named, so planned");
        Assert.AreEqual("new", Names(Good(request with { Selection = ["db"] })), "a capability brings the best");
        Assert.AreEqual("a b old", Names(Good(request with { Selection = ["a", "b"] })));
        Assert.AreEqual("b old", Names(Good(request with { Selection = ["old", "b"] })), "what is planned already is taken");
    }

    [TestMethod]
    public void RequirementOfALaterPhase_BringsTheUnitOfTheEarlierOne()
    {
        PlanRequest request = Request(
            new PhaseRun("BeforeBuild", RunPer.Project),
            OnDemand("tool", ("Phase", "BeforeBuild"), ("Provides", "node 20.0"), ("Requires", "net")),
            OnDemand("net", ("Phase", "BeforeBuild")),
            OnDemand("old", ("Phase", "BeforeBuild"), ("Provides", "node 18.0")),
            OnDemand("mine", ("Phase", "Nightly")),
            Unit("b", ("Phase", "AfterTest"), ("Requires", "node")));
        Assert.AreEqual("tool net", Names(Good(request)));
        PlanRequest later = request with { Run = new PhaseRun("AfterTest", RunPer.Project) };
        Diagnostic problem = OneProblem(later);
        Assert.AreEqual("PEX1014", problem.Code);
        Assert.IsEmpty(Good(request with { Run = new PhaseRun("Nightly", RunPer.Project) }).Units);
        Assert.AreEqual("b", Names(Good(later with { EarlierPhases = new Provided("tool", request) })), "old is not planned, so it is no part of all");
    }

    [TestMethod]
    [Timeout(20_000, CooperativeCancellation = true)]
    public void ManyProvidersManyRequirersAndALongChain_AreNotMultiplied()
    {
        const int Count = 20_000;
        UnitDefinition provider = new() { Name = "", WorkingDirectory = "/", OnDemand = true };
        UnitDefinition requirer = new() { Name = "", WorkingDirectory = "/", Requires = [new Requirement("gen", null, "gen"), new Requirement("c0", null, "c0")] };
        PlanRequest request = Request() with
        {
            Units =
            [
                .. Enumerable.Range(0, Count).Select(i => requirer with { Name = $"r{i}", Provides = [new Capability($"r{i}", null)] }),
                .. Enumerable.Range(0, Count).Select(i => provider with { Name = $"p{i}", Provides = [new Capability($"p{i}", null), new Capability("gen", null)] }),
                .. Enumerable.Range(0, Count).Select(i => provider with
                {
                    Name = $"c{i}", Provides = [new Capability($"c{i}", null)], Requires = i + 1 < Count ? [new Requirement($"c{i + 1}", null, $"c{i + 1}")] : [],
                }),
            ],
        };
        Plan plan = Good(request);
        Assert.HasCount((2 * Count) + 1, plan.Units);
        Assert.IsLessThan(1_000, plan.Choices.Single().Length);
    }

    private static UnitDeclaration OnDemand(string name, params (string, string)[] metadata) => Unit(name, [.. metadata, ("OnDemand", "true")]);

    private static string Names(Plan plan) => string.Join(' ', plan.Units.Select(unit => unit.Name));

    /// <summary>A record in which one unit provided.</summary>
    private sealed class Provided(string name, PlanRequest request) : IEarlierPhases
    {
        public EarlierRun? Last(PhaseRun run) =>
            new(true, ImmutableDictionary.Create<string, EarlierUnit>(StringComparer.OrdinalIgnoreCase).Add(name, new EarlierUnit(request.Units.Single(unit => unit.Name == name).Digest)));
    }
}

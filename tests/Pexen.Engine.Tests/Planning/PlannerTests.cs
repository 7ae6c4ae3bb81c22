using Pexen.Model;
using Pexen.Planning;
using static Pexen.Engine.Tests.Planning.Declare;

namespace Pexen.Engine.Tests.Planning;

/// <summary>Order, choices and what stands against a plan, within one phase.</summary>
[TestClass]
public sealed class PlannerTests
{
    [TestMethod]
    public void UnitWaitsForEveryMatchingProvider()
    {
        Plan plan = Good(Request(
            Unit("a", ("Provides", "schema 1.0")),
            Unit("b", ("Provides", "Schema 1.5")),
            Unit("c", ("Provides", "schema 2.0")),
            Unit("d", ("Requires", "schema [1,2);a"))));
        CollectionAssert.AreEqual(new[] { "a", "b" }, plan.WaitsFor("d").ToArray());
    }

    [TestMethod]
    public void UnversionedProvide_MeetsOnlyAnUnversionedRequirement()
    {
        UnitDeclaration a = Unit("a", ("Provides", "x"));
        CollectionAssert.AreEqual(new[] { "a" }, Good(Request(a, Unit("b", ("Requires", "x")))).WaitsFor("b").ToArray());
        Diagnostic problem = Planner.Plan(Request(a, Unit("b", ("Requires", "x 1.0")))).Diagnostics.Single();
        Assert.AreEqual("PEX1003", problem.Code);
        Assert.Contains("none given", problem.Message);
    }

    [TestMethod]
    public void ProviderOfSeveralMatchingVersions_IsOneEdge() =>
        Assert.HasCount(1, Good(Request(Unit("a", ("Provides", "x 1;x 2")), Unit("b", ("Requires", "x;x 1;a;x (,5]")))).WaitsFor("b"));

    [TestMethod]
    public void Alternatives_AreEdgesOfOneChoice()
    {
        Plan plan = Good(Request(Unit("a"), Unit("b"), Unit("c", ("RequiresAny", "a|b;b|missing"))));
        CollectionAssert.AreEqual(
            new[]
            {
                new Dependency(0, DependencyKind.RequiresAny, 0), new Dependency(1, DependencyKind.RequiresAny, 0), new Dependency(1, DependencyKind.RequiresAny, 1),
            },
            plan.Units[2].Dependencies.ToArray());
    }

    [TestMethod]
    public void ChoiceOfMissingNamesOnly_IsRefused() => Assert.AreEqual("PEX1002", OneProblem(Request(Unit("a", ("RequiresAny", "nowhere")))).Code);

    [TestMethod]
    public void SoftEdge_IsLeftOutWhereTheUnitIsMissingOrRequired()
    {
        Plan plan = Good(Request(Unit("a"), Unit("b", ("After", "missing;a")), Unit("c", ("Requires", "a"), ("After", "a"))));
        CollectionAssert.AreEqual(new[] { new Dependency(0, DependencyKind.After) }, plan.Units[1].Dependencies.ToArray());
        CollectionAssert.AreEqual(new[] { new Dependency(0, DependencyKind.Requires) }, plan.Units[2].Dependencies.ToArray());
    }

    [TestMethod]
    public void UnitAmongSeveralProviders_DoesNotWaitForItself() =>
        CollectionAssert.AreEqual(new[] { "a" }, Good(Request(Unit("a", ("Provides", "x")), Unit("b", ("Provides", "x"), ("Requires", "x")))).WaitsFor("b").ToArray());

    [TestMethod]
    public void UnitThatComesAfterWhatItRequiresAndProvidesItself_DoesNotWaitForItself() =>
        CollectionAssert.AreEqual(
            new[] { "a" }, Good(Request(Unit("a", ("Provides", "x")), Unit("b", ("Provides", "x"), ("Requires", "a"), ("After", "x")))).WaitsFor("b").ToArray());

    [TestMethod]
    [DataRow("a", "a")]
    [DataRow("Build", "bUILD")]
    public void TwoUnitsWithOneName_AreRefused(string one, string other)
    {
        Diagnostic problem = OneProblem(Request(Unit(one), Unit(other)));
        Assert.AreEqual("PEX1001", problem.Code);
        Assert.Contains($"\"{other}\"", problem.Message);
    }

    [TestMethod]
    public void UnknownCapability_IsToldWithTheNearestName()
    {
        Diagnostic problem = OneProblem(Request(Unit("schema"), Unit("b", ("Requires", "shcema"))));
        Assert.AreEqual("PEX1002", problem.Code);
        Assert.AreEqual("b", problem.Unit);
        Assert.Contains("Did you mean \"schema\"?", problem.Message);
    }

    [TestMethod]
    public void WrongVersion_IsToldWithThoseThereAre()
    {
        Diagnostic problem = OneProblem(Request(Unit("a", ("Provides", "x 1.0")), Unit("b", ("Provides", "x 1.5")), Unit("c", ("Requires", "x [2,3)"))));
        Assert.AreEqual("PEX1003", problem.Code);
        Assert.Contains("1.0 (unit \"a\"), 1.5 (unit \"b\")", problem.Message);
    }

    [TestMethod]
    public void UnitThatRequiresItself_IsACycleOfOne() => Assert.Contains(": a -> a.", OneProblem(Request(Unit("a", ("Requires", "a")))).Message);

    [TestMethod]
    public void TwoUnitsThatRequireEachOther_AreOneCycle()
    {
        Diagnostic problem = OneProblem(Request(Unit("a", ("Requires", "b")), Unit("b", ("Requires", "a"))));
        Assert.AreEqual("PEX1004", problem.Code);
        Assert.Contains(": a -> b -> a.", problem.Message);
    }

    [TestMethod]
    public void SoftEdgesOfACycle_AreMarked() =>
        Assert.Contains(": a -After-> b -RequiresAny-> a.", OneProblem(Request(Unit("a", ("After", "b")), Unit("b", ("RequiresAny", "a")))).Message);

    [TestMethod]
    public void EachCycle_IsPrintedOnceByAShortWay()
    {
        PlanResult result = Planner.Plan(Request(
            Unit("a", ("Requires", "b")),
            Unit("b", ("Requires", "c;a")),
            Unit("c", ("Requires", "a")),
            Unit("d", ("Requires", "e;c")),
            Unit("e", ("Requires", "d;e")),
            Unit("f", ("Requires", "a;d"))));
        string[] messages = [.. result.Diagnostics.Select(problem => problem.Message)];
        Assert.HasCount(3, messages);
        Assert.Contains(": a -> b -> a. 1 more unit is", messages[0]);
        Assert.Contains(": d -> e -> d.", messages[1]);
        Assert.Contains(": e -> e.", messages[2]);
    }

    [TestMethod]
    public void CycleOfTenThousand_IsPrintedByItsEnds()
    {
        const int Count = 10_000;
        Diagnostic problem = OneProblem(Request([.. Enumerable.Range(0, Count).Select(i => Unit($"u{i}", ("Requires", $"u{(i + 1) % Count}")))]));
        Assert.Contains("u0 -> u1 -> u2", problem.Message);
        Assert.Contains("-> u9999 -> u0.", problem.Message);
        Assert.IsLessThan(1_000, problem.Message.Length);
    }

    [TestMethod]
    [DataRow("net", "net")]
    [DataRow("net", "NET")]
    [DataRow("net", "net/ipv4")]
    [DataRow("net/ipv4/tcp", "net")]
    public void ResourceClaimedAndUsed_IsRefused(string claim, string use) =>
        Assert.AreEqual("PEX1005", OneProblem(Request(Unit("a", ("Claims", claim), ("Uses", use)))).Code);

    [TestMethod]
    [DataRow("net", "network")]
    [DataRow("net/ipv4", "net/ipv6")]
    public void ResourcesBesideEachOther_AreClaimedAndUsed(string claim, string use) => Good(Request(Unit("a", ("Claims", claim), ("Uses", use))));

    [TestMethod]
    [DataRow("Uses", "gpu*3", "3 tokens")]
    [DataRow("Uses", "gpu;GPU*2", "3 tokens", DisplayName = "Repeats add up")]
    [DataRow("Uses", "db*2", "which has none")]
    [DataRow("Uses", "gpu/0", "Name \"gpu\" itself")]
    [DataRow("Claims", "gpu/0/x", "Name \"gpu\" itself")]
    public void TokensBeyondTheCapacity_AreRefused(string metadata, string value, string says)
    {
        Diagnostic problem = OneProblem(Request(Unit("a", (metadata, value))) with { Resources = [new ResourceDefinition("gpu", 2), new ResourceDefinition("db", null)] });
        Assert.AreEqual("PEX1010", problem.Code);
        Assert.Contains(says, problem.Message);
    }

    [TestMethod]
    [DataRow("Claims", "gpu/0;GPU/1", null)]
    [DataRow("Uses", "gpu/0", null)]
    [DataRow("Claims", "gpu/2", "PEX1010")]
    [DataRow("Claims", "gpu/0/x", "PEX1010")]
    [DataRow("Uses", "gpu/0*2", "PEX1010")]
    public void ChildOfACountedResource_IsOneOfItsInstances(string metadata, string value, string? code)
    {
        PlanRequest request = Request(Unit("a", (metadata, value))) with { Resources = [new ResourceDefinition("gpu", 2) { Instances = ["0", "1"] }] };
        PlanResult result = Planner.Plan(request);
        Assert.AreEqual(code, result.Diagnostics.SingleOrDefault()?.Code, string.Join('\n', result.Diagnostics));
        if (code is null)
        {
            Assert.HasCount(1 + value.Split(';').Length, result.Plan!.Resources);
        }
    }

    [TestMethod]
    public void NamedResources_ReachAsFarAsTheNearestDeclaredAboveThem()
    {
        Plan plan = Good(Request(Unit("a", ("Claims", "net/ipv4/tcp;gpu/0;db"))) with
        {
            Resources =
            [
                new ResourceDefinition("net", null) { Scope = ResourceScope.Machine },
                new ResourceDefinition("gpu", 1) { Scope = ResourceScope.Repository, Instances = ["0"] },
            ],
        });
        Assert.AreEqual("net Machine, gpu Repository, net/ipv4/tcp Machine, gpu/0 Repository, db Project", string.Join(", ", plan.Resources.Select(one => $"{one.Name} {one.Scope}")));
    }

    [TestMethod]
    public void InstanceWithACapacityOfItsOwn_IsRefused()
    {
        PlanRequest request = Request(Unit("a")) with { Resources = [new ResourceDefinition("gpu", 2) { Instances = ["0", "1"] }, new ResourceDefinition("gpu/1", 3)] };
        Assert.Contains("or one of its instances: gpu/0.", OneProblem(request).Message);
    }

    [TestMethod]
    public void InstanceClaimedWhereTheWholeIsUsed_IsRefused() =>
        Assert.AreEqual("PEX1005", OneProblem(Request(Unit("a", ("Claims", "gpu/0"), ("Uses", "gpu"))) with { Resources = [new ResourceDefinition("gpu", 2) { Instances = ["0", "1"] }] }).Code);

    [TestMethod]
    public void UsesOfOneResource_AddUp()
    {
        Plan plan = Good(Request(Unit("a", ("Uses", "gpu;gpu*2;db;db"))) with { Resources = [new ResourceDefinition("gpu", 3)] });
        CollectionAssert.AreEqual(new[] { new ResourceUse("gpu", 3), new ResourceUse("db") }, plan.Units[0].Definition.Uses.ToArray());
        CollectionAssert.AreEqual(new[] { "gpu", "db" }, plan.Resources.Select(resource => resource.Name).ToArray());
    }

    [TestMethod]
    [DataRow("gen/a.cs", "gen/a.cs")]
    [DataRow("gen/a.cs", "./x/../gen//a.cs")]
    [DataRow("gen/", "gen/a.cs")]
    [DataRow("gen/deep/a.cs", "gen/")]
    [DataRow("gen/", "gen/sub/")]
    [DataRow("gen/*.cs", "gen/*.cs")]
    [DataRow("/project/gen/a.cs", "gen/a.cs")]
    public void OneOutputOfTwoUnits_IsRefused(string one, string other) =>
        Assert.AreEqual("PEX1009", OneProblem(Request(Unit("a", ("Outputs", one)), Unit("b", ("Outputs", other)))).Code);

    [TestMethod]
    [DataRow("gen/a.cs", "gen/b.cs")]
    [DataRow("gen/", "generated/a.cs")]
    [DataRow("gen/", "gen2/")]
    public void OutputsBesideEachOther_AreFine(string one, string other) =>
        Good(Request(Unit("a", ("Outputs", one)), Unit("b", ("Outputs", other))));

    [TestMethod]
    public void FolderAndFileOfOneUnit_AreFine() => Good(Request(Unit("a", ("Outputs", "gen/;gen/a.cs;gen/a.cs"))));

    [TestMethod]
    public void TooManySlots_AreClampedWithAMessage()
    {
        PlanResult result = Planner.Plan(Request(Unit("a", ("Slots", "9"))));
        Assert.AreEqual(4, result.Plan!.Units[0].Definition.Slots);
        Assert.AreEqual(Severity.Message, result.Diagnostics.Single().Severity);
    }

    [TestMethod]
    [DataRow(false, Severity.Message)]
    [DataRow(true, Severity.Warning)]
    public void ProvidedAndNeverRequired_IsTold(bool strict, object severity)
    {
        PlanResult result = Planner.Plan(Request(Unit("a", ("Provides", "x;y;a 1.0")), Unit("b", ("After", "y"))) with { Strict = strict });
        Assert.AreEqual("PEX2001", result.Diagnostics.Single().Code);
        Assert.AreEqual(severity, result.Diagnostics.Single().Severity);
        Assert.IsNotNull(result.Plan);
    }

    [TestMethod]
    public void AllProblems_AreFoundTogether()
    {
        PlanResult result = Planner.Plan(Request(
            Unit("a", ("Requires", "missing"), ("Outputs", "x")),
            Unit("A", ("Outputs", "x")),
            Unit("b", ("Requires", "b"), ("Claims", "r"), ("Uses", "r")),
            Unit("c", ("Phase", "AfterTest"), ("Requires", "nothing"))));
        Assert.IsNull(result.Plan);
        CollectionAssert.AreEquivalent(
            new[] { "PEX1001", "PEX1002", "PEX1002", "PEX1004", "PEX1005", "PEX1009" }, result.Diagnostics.Select(problem => problem.Code).ToArray());
    }

    [TestMethod]
    public void EmptyProject_HasAnEmptyPlan() => Assert.IsEmpty(Good(Request()).Units);

    [TestMethod]
    public void Selection_BringsWhatItRequires()
    {
        PlanRequest request = Request(
            Unit("a"), Unit("b", ("Requires", "a"), ("Provides", "cap")), Unit("c", ("After", "d"), ("RequiresAny", "b|e")), Unit("d"), Unit("e"), Unit("f"));
        Plan plan = Good(request with { Selection = ["C"] });
        CollectionAssert.AreEqual(new[] { "a", "b", "c", "e" }, plan.Units.Select(unit => unit.Name).ToArray());
        CollectionAssert.AreEqual(new[] { "b", "e" }, plan.WaitsFor("c").ToArray());
        CollectionAssert.AreEqual(new[] { "a", "b" }, Good(request with { Selection = ["cap"] }).Units.Select(unit => unit.Name).ToArray());
    }

    [TestMethod]
    [DataRow("chekc", "Did you mean \"check\"")]
    [DataRow("early", "It is there in BeforeBuild")]
    public void UnknownSelection_IsRefused(string name, string says)
    {
        Diagnostic problem = OneProblem(Request(Unit("check"), Unit("early", ("Phase", "BeforeBuild"))) with { Selection = [name] });
        Assert.AreEqual("PEX1011", problem.Code);
        Assert.Contains(says, problem.Message);
    }
}

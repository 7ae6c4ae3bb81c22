using Pexen.Model;
using Pexen.Planning;
using static Pexen.Engine.Tests.Planning.Declare;

namespace Pexen.Engine.Tests.Planning;

/// <summary>Rule 7: what one phase may require of another.</summary>
[TestClass]
public sealed class PhaseTests
{
    [TestMethod]
    [DataRow("BeforeBuild", "AfterBuild")]
    [DataRow("BeforeBuild", "AfterPublish")]
    [DataRow("AfterBuild", "BeforeTest")]
    [DataRow("BeforePack", "AfterPack")]
    [DataRow("AfterTest", "Manual")]
    public void EarlierPhase_MeetsARequirement(string provider, string requirer)
    {
        PlanRequest request = Request(new PhaseRun(requirer, RunPer.Project), Unit("a", ("Phase", provider)), Unit("b", ("Phase", requirer), ("Requires", "a")));
        PlanResult result = Planner.Plan(request with { EarlierPhases = new Records(request, succeeded: true) });
        Assert.HasCount(1, result.Plan!.Units);
        Assert.IsEmpty(result.Plan.Units[0].Dependencies);
    }

    [TestMethod]
    [DataRow("AfterBuild", "BeforeBuild")]
    [DataRow("AfterTest", "AfterBuild")]
    [DataRow("BeforeTest", "AfterPack", DisplayName = "Branches do not see each other")]
    [DataRow("Manual", "AfterPublish")]
    [DataRow("Manual", "Other")]
    public void LaterPhase_CannotMeetARequirement(string provider, string requirer)
    {
        Diagnostic problem = OneProblem(Request(
            new PhaseRun(requirer, RunPer.Project), Unit("a", ("Phase", provider)), Unit("b", ("Phase", requirer), ("Requires", "a"))));
        Assert.AreEqual("PEX1008", problem.Code);
        Assert.Contains($"phase {provider}", problem.Message);
    }

    [TestMethod]
    public void LaterProvider_IsNoPartOfAll() =>
        Assert.HasCount(1, Good(Request(
            Unit("a", ("Provides", "x")), Unit("b", ("Provides", "x"), ("Phase", "AfterTest")), Unit("c", ("Requires", "x")))).WaitsFor("c"));

    [TestMethod]
    [DataRow("none", "has not run yet")]
    [DataRow("failed", "did not succeed")]
    [DataRow("changed", "has been changed")]
    [DataRow("absent", "did not provide")]
    public void EarlierPhaseWithoutValidRecord_IsToldWithTheCommand(string state, string says)
    {
        PlanRequest request = Request(Unit("a", ("Phase", "BeforeBuild")), Unit("b", ("Requires", "a")));
        IEarlierPhases? records = state switch
        {
            "none" => null,
            "failed" => new Records(request, succeeded: false),
            "changed" => new Records(request with { Units = [request.Units[0] with { Digest = "sha256:0" }] }, succeeded: true),
            _ => new Records(request with { Units = [] }, succeeded: true),
        };
        Diagnostic problem = OneProblem(request with { EarlierPhases = records });
        Assert.AreEqual("PEX1014", problem.Code);
        Assert.Contains(says, problem.Message);
        Assert.Contains("dotnet build -t:PexenRun -p:PexenPhase=BeforeBuild", problem.Message);
    }

    [TestMethod]
    [DataRow("Failed", "PEX3001", "OnFailure", true)]
    [DataRow("Failed", "PEX3003", "OnFailure", true)]
    [DataRow("Failed", "PEX3006", "OnFailure", true)]
    [DataRow("Failed", "PEX3001", "OnCrash", false)]
    [DataRow("Failed", "PEX3008", "OnCrash", true)]
    [DataRow("Failed", "PEX3011", "OnCrash", true)]
    [DataRow("TimedOut", "PEX3002", "OnCrash", true)]
    [DataRow("TimedOut", "PEX3002", "OnFailure", false)]
    [DataRow("TimedOut", "PEX3005", "OnCrash", false, DisplayName = "The run ended, not the unit")]
    [DataRow("ControlledFailure", "PEX3001", "OnControlledFailure", true)]
    [DataRow("Cancelled", "PEX3009", "OnFailure", false)]
    public void EarlierUnitFailedWithProvide_CountsAsProvided(string outcome, string code, string metadata, bool provided)
    {
        PlanRequest request = Request(
            Unit("a", ("Phase", "BeforeBuild"), ("ContinueOnError", "true"), (metadata, "Provide")), Unit("b", ("Requires", "a")));
        var records = new Records(request, succeeded: true, Enum.Parse<Outcome>(outcome), code);
        PlanResult result = Planner.Plan(request with { EarlierPhases = records });
        Assert.AreEqual(provided, result.Plan is not null);
        Assert.AreEqual(provided ? "" : "PEX1014", string.Concat(result.Diagnostics.Select(one => one.Code)));
    }

    [TestMethod]
    public void RecordOfThisVeryBuild_CountsWhateverTheDefinitionLooksLikeFromHere()
    {
        PlanRequest request = Request(Unit("a", ("Phase", "BeforeBuild")), Unit("b", ("Requires", "a")));
        PlanRequest other = request with { Units = [request.Units[0] with { Digest = "sha256:0" }] };
        Assert.HasCount(1, Good(request with { EarlierPhases = new Records(other, succeeded: true, ofThisBuild: true) }).Units);
    }

    [TestMethod]
    public void RecordsOfOtherPhases_AreNotAskedFor()
    {
        PlanRequest request = Request(Unit("a", ("Phase", "BeforeBuild")), Unit("b", ("Requires", "a"), ("Phase", "AfterTest")), Unit("c"));
        Assert.HasCount(1, Good(request).Units);
    }

    [TestMethod]
    public void UnitPerTargetFramework_SeesUnitsPerProjectOfTheSamePhaseBeforeAStep()
    {
        UnitDeclaration once = Unit("once", ("Phase", "BeforeBuild"));
        UnitDeclaration each = Unit("each", ("Phase", "BeforeBuild"), ("RunPer", "TargetFramework"), ("Requires", "once"));
        PlanRequest request = Request(new PhaseRun("BeforeBuild", RunPer.TargetFramework), once, each);
        Assert.HasCount(1, Good(request with { EarlierPhases = new Records(request, succeeded: true) }).Units);
    }

    [TestMethod]
    [DataRow("BeforeBuild")]
    [DataRow("AfterBuild")]
    public void UnitPerProject_CannotRequireOnePerTargetFramework(string phase)
    {
        Diagnostic problem = OneProblem(Request(Unit("each", ("Phase", phase), ("RunPer", "TargetFramework")), Unit("once", ("Requires", "each"))));
        Assert.AreEqual("PEX1008", problem.Code);
        Assert.Contains("RunPer", problem.Message);
    }

    [TestMethod]
    public void UnitOfSeveralPhases_IsPlannedInEach_AndItsProblemToldOnce()
    {
        UnitDeclaration both = Unit("a", ("Phase", "BeforeBuild;AfterBuild;afterbuild"));
        Assert.HasCount(1, Good(Request(both)).Units);
        Assert.HasCount(1, Good(Request(new PhaseRun("beforebuild", RunPer.Project), both)).Units);
        Assert.AreEqual("PEX1002", OneProblem(Request(Unit("a", ("Phase", "BeforeBuild;AfterBuild"), ("Requires", "nothing")))).Code);
    }

    /// <summary>Records in which every unit of a request provided.</summary>
    private sealed class Records(PlanRequest request, bool succeeded, Outcome outcome = Outcome.Succeeded, string? code = null, bool ofThisBuild = false) : IEarlierPhases
    {
        public EarlierRun? Last(PhaseRun run) =>
            new(succeeded, request.Units.ToDictionary(unit => unit.Name, unit => new EarlierUnit(unit.Digest, outcome, code), StringComparer.OrdinalIgnoreCase), ofThisBuild);
    }
}

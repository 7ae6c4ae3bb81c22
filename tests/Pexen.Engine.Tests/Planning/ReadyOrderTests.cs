using Pexen.Model;
using Pexen.Planning;
using static Pexen.Engine.Tests.Planning.Declare;

namespace Pexen.Engine.Tests.Planning;

/// <summary>Rule 9.</summary>
[TestClass]
public sealed class ReadyOrderTests
{
    [TestMethod]
    public void LowerPriority_ComesFirst() => Assert.AreEqual("b a c", Order(Request(Unit("a"), Unit("b", ("Priority", "-1")), Unit("c"))));

    [TestMethod]
    public void LongerRemainingPath_ComesFirst() =>
        Assert.AreEqual("c b a d", Order(Request(Unit("a"), Unit("b", ("Requires", "c")), Unit("c"), Unit("d", ("After", "b")))));

    [TestMethod]
    public void RecordedDurations_DecideTheRemainingPath()
    {
        PlanRequest request = Request(Unit("a"), Unit("b"), Unit("c", ("Requires", "a")));
        Assert.AreEqual("a b c", Order(request));
        Assert.AreEqual("b a c", Order(request with { Durations = new Dictionary<string, double> { ["a"] = 1, ["b"] = 10, ["c"] = 2 } }));
    }

    [TestMethod]
    public void UnitWithoutDuration_CountsAsTheMeanOfTheOthers() =>
        Assert.AreEqual("c b a", Order(Request(Unit("a"), Unit("b"), Unit("c")) with { Durations = new Dictionary<string, double> { ["a"] = 10, ["c"] = 30 } }));

    [TestMethod]
    public void ChainOfAHundredThousand_IsPlanned()
    {
        const int Count = 100_000;
        Plan plan = Good(Generated(Count, i => i == 0 ? [] : [$"u{i - 1}"]));
        Assert.AreEqual(Count - 1, plan.Units[^1].Rank);
        Assert.AreEqual(0, plan.Units[0].Rank);
    }

    [TestMethod]
    public void CycleOfAHundredThousand_IsFound() =>
        Assert.AreEqual("PEX1004", OneProblem(Generated(100_000, i => [$"u{(i + 1) % 100_000}"])).Code);

    [TestMethod]
    [Timeout(20_000, CooperativeCancellation = true)]
    public void ManyProvidersAndManyRequirersInAnotherPhase_AreNotMultiplied()
    {
        const int Count = 20_000;
        UnitDefinition provider = new() { Name = "", WorkingDirectory = "/", Phases = ["BeforeBuild"] };
        UnitDefinition requirer = new() { Name = "", WorkingDirectory = "/", Requires = [new Requirement("gen", null, "gen")] };
        PlanRequest request = Request() with
        {
            Units =
            [
                .. Enumerable.Range(0, Count).Select(i => provider with { Name = $"p{i}", Provides = [new Capability($"p{i}", null), new Capability("gen", null)] }),
                .. Enumerable.Range(0, Count).Select(i => requirer with { Name = $"r{i}", Provides = [new Capability($"r{i}", null)] }),
            ],
        };
        PlanResult result = Planner.Plan(request);
        Assert.HasCount(Count, result.Diagnostics);
        Assert.AreEqual("PEX1014", result.Diagnostics[0].Code);
    }

    [TestMethod]
    [Timeout(20_000, CooperativeCancellation = true)]
    public void ThousandsOfUnknownNames_DoNotCostTheirProduct()
    {
        PlanResult result = Planner.Plan(Generated(20_000, i => [$"unknown{i}"]));
        Assert.HasCount(20_000, result.Diagnostics);
    }

    internal static PlanRequest Generated(int count, Func<int, string[]> requires) => Request() with
    {
        Units =
        [
            .. Enumerable.Range(0, count).Select(i => new UnitDefinition
            {
                Name = $"u{i}",
                WorkingDirectory = "/project",
                Provides = [new Capability($"u{i}", null)],
                Requires = [.. requires(i).Select(name => new Requirement(name, null, name))],
            }),
        ],
    };

    private static string Order(PlanRequest request) => string.Join(' ', Good(request).Units.OrderBy(unit => unit.Rank).Select(unit => unit.Name));
}

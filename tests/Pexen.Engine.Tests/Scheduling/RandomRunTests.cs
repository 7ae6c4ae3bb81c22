using FsCheck;
using FsCheck.Fluent;

namespace Pexen.Tests.Scheduling;

/// <summary>Random graphs, random completions: the scheduler does what the rules say, step by step.</summary>
[TestClass]
public sealed class RandomRunTests
{
    public required TestContext TestContext { get; set; }

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public void SmallGraphsWithEverything_EveryStepIsTheOneTheRulesAskFor() => Check(4_000, 14);

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public void LargerGraphsWithEverything_EveryStepIsTheOneTheRulesAskFor() => Check(250, 60);

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public void UnitsAreAddedToSmallGraphs_EveryStepIsTheOneTheRulesAskFor() => Check(4_000, 10, 8);

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public void ManyUnitsAreAdded_EveryStepIsTheOneTheRulesAskFor() => Check(60, 20, 150);

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public void AllIsAddedOneByOne_TheRunIsTheSameAsIfAllHadBeenPlanned() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), (int seed) => RandomAddition.Compare(seed))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public void UnitsAreInGroups_EveryStepIsTheOneTheRulesAskFor() => Check(4_000, 14, groups: true);

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public void ManyUnitsAreInGroupsAndSomeAreAdded_EveryStepIsTheOneTheRulesAskFor() => Check(250, 60, 30, groups: true);

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public void ThereAreServicesAndFinalizers_EveryStepIsTheOneTheRulesAskFor() => Check(3_000, 14, lifetimes: true);

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public void ThereAreManyServicesAndFinalizersInGroups_EveryStepIsTheOneTheRulesAskFor() => Check(300, 24, groups: true, lifetimes: true);

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public void UnitsAreAddedWhereThereAreServicesAndFinalizers_EveryStepIsTheOneTheRulesAskFor() => Check(2_000, 8, 5, lifetimes: true);

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public void ManyUnitsAreAddedWhereThereAreServicesAndFinalizersInGroups_EveryStepIsTheOneTheRulesAskFor() => Check(200, 24, 12, groups: true, lifetimes: true);

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public void UnitsRestBeforeAndBetweenAttempts_EveryStepIsTheOneTheRulesAskFor() => Check(4_000, 14, rests: true);

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public void UnitsInGroupsRestAndSomeAreAdded_EveryStepIsTheOneTheRulesAskFor() => Check(1_000, 24, 12, groups: true, rests: true);

    [TestMethod]
    public void RunFails_MessageHasTheCallThatDoesTheSameAgain()
    {
        AssertFailedException late = Assert.ThrowsExactly<AssertFailedException>(() => RandomRun.Follow(7, 60, 3, true, false, true, new CancellationToken(canceled: true)));
        InvalidOperationException broken = Assert.ThrowsExactly<InvalidOperationException>(() => RandomRun.Follow(7, mostUnits: 0));

        Assert.Contains("RandomRun.Follow(7, 60, 3, true, false, true): the time", late.Message);
        Assert.StartsWith("RandomRun.Follow(7, 0, 0, false, false, false): ", broken.Message);
    }

    private void Check(int runs, int units, int additions = 0, bool groups = false, bool rests = false, bool lifetimes = false) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), (int seed) => RandomRun.Follow(seed, units, additions, groups, rests, lifetimes, TestContext.CancellationToken))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(runs));
}

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
    [Timeout(120_000, CooperativeCancellation = true)]
    public void UnitsRestAndAreAddedWhereThereAreServicesAndFinalizers_EveryStepIsTheOneTheRulesAskFor() => Check(2_000, 10, 6, rests: true, lifetimes: true);

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public void ThereIsEverythingAtOnce_EveryStepIsTheOneTheRulesAskFor() => Check(200, 24, 12, groups: true, rests: true, lifetimes: true);

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public void UnitsGiveWayAndGoWithOthers_EveryStepIsTheOneTheRulesAskFor() => Check(3_000, 14, rests: true, limits: true);

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public void UnitsGiveWayAndGoWithOthersWhereThereIsEverything_EveryStepIsTheOneTheRulesAskFor() => Check(400, 20, 10, groups: true, rests: true, lifetimes: true, limits: true);

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public void ServicesAreHeldForTests_EveryStepIsTheOneTheRulesAskFor() => Check(3_000, 14, lifetimes: true, held: true);

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public void ServicesAreHeldForTestsWhereThereIsEverything_EveryStepIsTheOneTheRulesAskFor() => Check(400, 20, 10, groups: true, rests: true, lifetimes: true, limits: true, held: true);

    [TestMethod]
    [DataRow(522015321, 40, 0, true, false, false, DisplayName = "one unit offered in the name of two lines")]
    [DataRow(1188463873, 40, 0, true, false, false, DisplayName = "the same, elsewhere")]
    [DataRow(491836702, 12, 6, false, true, true, DisplayName = "units join after the end of starting")]
    [DataRow(60447192, 7, 7, false, true, true, DisplayName = "who came too late for one service loses the other")]
    [DataRow(837609079, 5, 5, false, true, true, DisplayName = "units join and want what a finalizer has taken over")]
    [DataRow(1905738505, 7, 7, false, true, true, DisplayName = "a finalizer frees while another unit rests with its locks")]
    [DataRow(773454456, 24, 12, true, true, true, DisplayName = "a service waits for others since units have joined")]
    [DataRow(777834852, 10, 6, false, true, true, DisplayName = "a service waits where it could be ready")]
    [DataRow(927820572, 24, 12, true, true, true, DisplayName = "a finalizer gives up a choice")]
    public void RunThatOnceWentWrong_EveryStepIsTheOneTheRulesAskFor(int seed, int units, int additions, bool groups, bool rests, bool lifetimes) =>
        RandomRun.Follow(seed, units, additions, groups, rests, lifetimes, timeIsUp: TestContext.CancellationToken);

    [TestMethod]
    public void RunFails_MessageHasTheCallThatDoesTheSameAgain()
    {
        AssertFailedException late = Assert.ThrowsExactly<AssertFailedException>(() => RandomRun.Follow(7, 60, 3, true, false, true, timeIsUp: new CancellationToken(canceled: true)));
        InvalidOperationException broken = Assert.ThrowsExactly<InvalidOperationException>(() => RandomRun.Follow(7, mostUnits: 0));

        Assert.Contains("RandomRun.Follow(7, 60, 3, true, false, true): the time", late.Message);
        Assert.StartsWith("RandomRun.Follow(7, 0, 0, false, false, false): ", broken.Message);
    }

    private void Check(int runs, int units, int additions = 0, bool groups = false, bool rests = false, bool lifetimes = false, bool limits = false, bool held = false) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), (int seed) => RandomRun.Follow(seed, units, additions, groups, rests, lifetimes, limits, held, TestContext.CancellationToken))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(runs));
}

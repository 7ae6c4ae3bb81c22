using FsCheck;
using FsCheck.Fluent;

namespace Pexen.Tests.Scheduling;

/// <summary>Random graphs, random completions: the scheduler does what the rules say, step by step.</summary>
[TestClass]
public sealed class RandomRunTests
{
    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public void SmallGraphsWithEverything_EveryStepIsTheOneTheRulesAskFor() => Check(4_000, 14);

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public void LargerGraphsWithEverything_EveryStepIsTheOneTheRulesAskFor() => Check(250, 60);

    private static void Check(int runs, int units) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), (int seed) => RandomRun.Follow(seed, units))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(runs));
}

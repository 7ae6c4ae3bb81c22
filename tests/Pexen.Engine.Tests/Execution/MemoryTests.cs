using Pexen.Execution;

namespace Pexen.Engine.Tests.Execution;

/// <summary>How much memory a running attempt is seen to have.</summary>
[TestClass]
public sealed class MemoryTests
{
    private const int Limit = 60_000;

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [TestCategory("EP-08")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void AShellWithASmallAndALargeProcess_TheKindsDifferInTheirOrder(string executor)
    {
        using var rig = new Rig(executor);
        string child = $"'{Rig.Dotnet}' exec '{Rig.Child}' allocate";
        rig.Executor.Start(rig.Command($"{child} 60 small & {child} 180 large & wait"));
        _ = rig.Await(rig.PathOf("small"));
        _ = rig.Await(rig.PathOf("large"));

        long process = Measure(rig, MemoryKind.Process), heaviest = Measure(rig, MemoryKind.Heaviest), tree = Measure(rig, MemoryKind.Tree);

        Assert.IsTrue(process is > 0 and < 20_000_000, $"the shell has {process}");
        Assert.IsTrue(heaviest is > 180_000_000 and < 300_000_000, $"the largest has {heaviest}");
        Assert.IsTrue(tree > heaviest + 60_000_000, $"all have {tree}, the largest {heaviest}");
        rig.Executor.Stop(0, TimeSpan.Zero);
        AttemptEnd end = rig.End();
        Assert.IsGreaterThanOrEqualTo(tree, end.PeakMemory!.Value, "what was seen while it ran counts");
        Assert.AreEqual(0, Measure(rig, MemoryKind.Tree), "it has ended");
    }

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [OSCondition(OperatingSystems.Linux)]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void TwoProcessesShareTheirPages_TheyCountTwiceOnlyWhileThatIsLittle(string executor)
    {
        using var rig = new Rig(executor);
        string child = $"'{Rig.Dotnet}' exec '{Rig.Child}' map 200 shared";
        rig.Executor.Start(rig.Command($"{child} one & {child} two & wait"));
        _ = rig.Await(rig.PathOf("one"));
        _ = rig.Await(rig.PathOf("two"));

        long roughly = Measure(rig, MemoryKind.Tree), exactly = Measure(rig, MemoryKind.Tree, exactlyAbove: 300_000_000);

        Assert.IsGreaterThan(400_000_000, roughly);
        Assert.IsTrue(exactly is > 200_000_000 and < 390_000_000, $"{exactly}, without sharing {roughly}");
    }

    private static long Measure(Rig rig, MemoryKind kind, long exactlyAbove = long.MaxValue) => rig.Executor.MeasureMemory([0], [exactlyAbove], kind)[0];
}

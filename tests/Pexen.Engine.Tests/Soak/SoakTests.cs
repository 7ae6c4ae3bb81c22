using Pexen.Benchmarks.Soak;
using Pexen.Engine.Tests.Dispatching;

namespace Pexen.Engine.Tests.Soak;

/// <summary>A small one of what <c>build/bench soak</c> does with 20,000 units.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class SoakTests
{
    private const int Units = 200;
    private const int ThreadsOfTheRuntime = 4;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public void RunsOfMixedUnitsOneWholeAndTwoCancelled_GiveBackEverythingAndTheirRecordsKeepTheRules()
    {
        using var folder = new TemporaryFolder();
        string temporary = Directory.CreateDirectory(folder.Inside("tmp")).FullName;
        Play(0, 40, null);
        Play(1, 40, TimeSpan.FromMilliseconds(50));
        Belongings before = Belongings.Count(temporary);
        TimeSpan?[] moments = [null, TimeSpan.FromMilliseconds(150), TimeSpan.FromMilliseconds(300)];
        for (int run = 0; run < moments.Length; run++)
        {
            SoakRun played = Play(run + 2, Units * (1 + run), moments[run]);

            Belongings after = Belongings.Count(temporary);
            TestContext.WriteLine($"{played.Outcome} after {played.Duration}, {played.Counts}; {after}");
            Assert.AreEqual("", string.Join('\n', played.Problems));
            Assert.AreEqual(before with { Threads = 0 }, after with { Threads = 0 });
            Assert.IsLessThanOrEqualTo(before.Threads + ThreadsOfTheRuntime, after.Threads);
            Assert.AreEqual(moments[run] is null ? "Failed" : "Cancelled", played.Outcome);
        }

        SoakRun Play(int seed, int units, TimeSpan? cancelAfter) =>
            SoakRun.Play(SoakRequest.Create(seed, folder.Inside($"run{seed}"), units, 8), temporary, cancelAfter);
    }
}

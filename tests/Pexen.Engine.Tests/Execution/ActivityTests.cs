using System.Diagnostics;

namespace Pexen.Engine.Tests.Execution;

/// <summary>What an executor can say of an attempt while it runs.</summary>
[TestClass]
public sealed class ActivityTests
{
    private const int Limit = 30_000;

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void AnAttemptWritesAndIsSilent_TheSilenceCountsFromItsLastOutput(string executor)
    {
        using var rig = new Rig(executor);
        var clock = Stopwatch.StartNew();
        rig.Executor.Start(rig.Command($"echo one; echo $$ > {rig.PathOf("pid")}; sleep 1; echo two; sleep 60"));
        rig.Await(rig.PathOf("pid"));
        TimeSpan first = rig.Executor.ActivityOf(0, withProcesses: false)!.Silent;
        Assert.IsLessThan(clock.Elapsed, first);
        do
        {
            // There is no log before the executor has read the first byte.
            Assert.IsNull(rig.Executor.Wait(TimeSpan.FromMilliseconds(20)));
        }
        while (!File.Exists(rig.Log()) || rig.LogText() != "one\ntwo\n");

        TimeSpan silent = rig.Executor.ActivityOf(0, withProcesses: false)!.Silent;
        Assert.IsLessThan(clock.Elapsed - TimeSpan.FromMilliseconds(900), silent, "the second line came a second after the first");
        rig.Executor.Stop(0, TimeSpan.Zero);
        rig.End();
        Assert.IsNull(rig.Executor.ActivityOf(0, withProcesses: true), "it does not run any more");
    }

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void AnAttemptHasChildren_AllAreNamedWithTheirProcessorTime(string executor)
    {
        using var rig = new Rig(executor);
        rig.Executor.Start(rig.Command($"sh -c 'i=0; while test $i -lt 200000; do i=$((i+1)); done; echo done > {rig.PathOf("done")}; sleep 60' & sleep 60"));
        rig.Await(rig.PathOf("done"));

        string[] processes = [.. rig.Executor.ActivityOf(0, withProcesses: true)!.Processes];

        Assert.HasCount(3, processes.Where(line => line.Contains("sh (", StringComparison.Ordinal) || line.Contains("sleep (", StringComparison.Ordinal)).Take(3).ToArray(), string.Join('\n', processes));
        Assert.IsTrue(processes.Any(line => !line.EndsWith(" 0.0s", StringComparison.Ordinal)), $"somebody has worked:\n{string.Join('\n', processes)}");
        if (executor == "linux")
        {
            Assert.StartsWith("sh (", processes[0]);
            Assert.IsTrue(processes.Skip(1).All(line => line.StartsWith("> ", StringComparison.Ordinal)), string.Join('\n', processes));
        }
    }
}

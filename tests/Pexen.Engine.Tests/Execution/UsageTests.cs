using Pexen.Execution;
using Pexen.Execution.Local;

namespace Pexen.Engine.Tests.Execution;

/// <summary>What is known of the memory and the processor time of an attempt.</summary>
[TestClass]
public sealed class UsageTests
{
    private const int Limit = 30_000;

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void AProcessHas200MegabytesAndEnds_ItsPeakIsThat()
    {
        using var rig = new Rig("linux");
        AttemptEnd end = rig.Run(rig.ChildProgram("allocate", "200", rig.PathOf("ready"), "end"));
        Assert.AreEqual(0, end.ExitCode, end.StartFailure);
        Assert.IsGreaterThan(200_000_000, end.PeakMemory!.Value);
        Assert.IsLessThan(AtMost(500_000_000), end.PeakMemory.Value);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void ADescendantHas300Megabytes_ThePeakIsThatOfTheLargestProcess()
    {
        using var rig = new Rig("linux");
        AttemptEnd end = rig.Run(rig.Command($"'{Rig.Dotnet}' exec '{Rig.Child}' allocate 300 ready end; true"));
        Assert.AreEqual(0, end.ExitCode, end.StartFailure);
        Assert.IsGreaterThan(300_000_000, end.PeakMemory!.Value);
        Assert.IsLessThan(AtMost(600_000_000), end.PeakMemory.Value);
    }

    /// <summary>The kernel names nothing below what we had ourselves, and these tests may have had much.</summary>
    private static long AtMost(long expected) => Math.Max(expected, ProcessTable.PeakBytes(Environment.ProcessId) * 11 / 10);

    [TestMethod]
    [DataRow("; true", DisplayName = "a child of its shell")]
    [DataRow(" & wait", DisplayName = "a child in the background")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void ADescendantComputes_ItsProcessorTimeCounts(string after)
    {
        using var rig = new Rig("linux");
        AttemptEnd end = rig.Run(rig.Command($"'{Rig.Dotnet}' exec '{Rig.Child}' compute 600{after}"));
        Assert.AreEqual(0, end.ExitCode, end.StartFailure);
        Assert.IsGreaterThanOrEqualTo(600, end.ProcessorTime!.Value.TotalMilliseconds);
        Assert.IsLessThan(5000, end.ProcessorTime.Value.TotalMilliseconds);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void AProcessThatDoesNothing_UsesHardlyAnyProcessorTime()
    {
        using var rig = new Rig("linux");
        AttemptEnd end = rig.Run(rig.Command("sleep 0.3"));
        Assert.IsLessThan(100, end.ProcessorTime!.Value.TotalMilliseconds);
        Assert.IsNotNull(end.PeakMemory);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void AProcessThatCannotStart_HasUsedNothing()
    {
        using var rig = new Rig("linux");
        AttemptEnd end = rig.Run(rig.Launch(new Pexen.Model.ExecutableWork("/nowhere", [])));
        Assert.IsNotNull(end.StartFailure);
        Assert.IsNull(end.PeakMemory);
        Assert.IsNull(end.ProcessorTime);
    }
}

using Pexen.Execution;
using Pexen.Execution.Local;

namespace Pexen.Engine.Tests.Execution;

/// <summary>Attempts with processors of their own.</summary>
[TestClass]
public sealed class AffinityTests
{
    private const int Limit = 30_000;
    private const string Show = "grep Cpus_allowed_list /proc/self/status";

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void AnAttemptHasOneProcessor_ItBeginsOnThat_AndOthersAreNotBound()
    {
        using var rig = new Rig("linux");
        int[] all = Libc.ProcessorsOf(0);
        foreach (int processor in all)
        {
            Assert.AreEqual(0, rig.Run(rig.Command(Show, processor) with { Processors = [processor] }).ExitCode);
            Assert.AreEqual($"{processor}", Allowed(rig, processor));
        }

        Assert.AreEqual(0, rig.Run(rig.Command(Show, 1000)).ExitCode);
        CollectionAssert.AreEqual(all, ProcessorGroups.Parse(Allowed(rig, 1000)).ToArray(), "who started it is where it was");
        CollectionAssert.AreEqual(all, Libc.ProcessorsOf(0));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void ThereIsNoSuchProcessor_TheAttemptCouldNotBeStarted()
    {
        using var rig = new Rig("linux");
        AttemptEnd end = rig.Run(rig.Command(Show) with { Processors = [8000] });
        Assert.Contains("cannot be bound to processors 8000", end.StartFailure!);
    }

    private static string Allowed(Rig rig, int unit) => rig.LogText(unit).Split(':')[1].Trim();
}

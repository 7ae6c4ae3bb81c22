using Pexen.Execution;
using Pexen.Execution.Local;

namespace Pexen.Engine.Tests.Execution;

/// <summary>
/// Processes that may outlive their unit. Each test ends what it let live. Not beside others: the executors of two tests have one process as host, and what one lets live is to the
/// other a stray of nobody.
/// </summary>
[TestClass]
[DoNotParallelize]
public sealed class SurvivorTests
{
    private const int Limit = 60_000;

    /// <summary>A program of a name of its own, below a shell that has left the session; both write their ids. It has its name only from its <c>exec</c> on, which is waited for.</summary>
    private const string Daemon = "cp \"$(command -v sleep)\" kept; cp kept ended; setsid sh -c 'echo $$ > shell; ./kept 100 > /dev/null 2>&1 & echo $! > kept.pid; wait' > /dev/null 2>&1 & "
        + "./ended 100 > /dev/null 2>&1 & echo $! > ended.pid; while ! test -s kept.pid; do :; done; while ! grep -q kept /proc/$(cat kept.pid)/comm; do :; done";

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void AUnitEnds_ThoseThatMayStayDo_AndTheOthersAreEndedAndNamed(string executor)
    {
        using var rig = new Rig(executor);

        AttemptEnd end = rig.Run(rig.Command(Daemon) with { AllowSurvivors = ["kept", "other"] });

        string kept = Id(rig, "kept.pid");
        try
        {
            Assert.IsTrue(Rig.Alive(kept), "it may stay");
            Assert.IsFalse(Rig.Alive(Id(rig, "ended.pid")));
            Assert.IsFalse(end.Survivors.Any(name => name.Contains("kept", StringComparison.Ordinal)), string.Join(' ', end.Survivors));
            Assert.IsTrue(end.Survivors.Any(name => name.StartsWith("ended (", StringComparison.Ordinal)), string.Join(' ', end.Survivors));
            Assert.IsEmpty(rig.Executor.Sweep(), "nor is it swept away");
            Assert.AreEqual(0, rig.Run(rig.Command("true", unit: 1)).ExitCode, "the next one is not held up by it");
            Assert.IsTrue(Rig.Alive(kept));
        }
        finally
        {
            End(kept);
        }
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void OneThatMayStayHoldsTheOutput_TheUnitEndsWithAllThatItWroteItself()
    {
        using var rig = new Rig("linux");
        AttemptEnd end = rig.Run(rig.Command("sleep 60 & echo $! > pid; head -c 50000 /dev/zero | tr '\\0' x") with { AllowSurvivors = ["sleep"] });
        End(Id(rig, "pid"));

        Assert.AreEqual(0, end.ExitCode);
        Assert.AreEqual(new string('x', 50_000), rig.LogText());
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void AUnitIsStopped_ThoseThatMayStayDo_WithAllTheyStarted()
    {
        using var rig = new Rig("linux");
        rig.Executor.Start(rig.Command($"{Daemon}; mv kept.pid ready; sleep 100") with { AllowSurvivors = ["kept"], GracePeriod = TimeSpan.Zero });
        string kept = rig.Await(rig.PathOf("ready"));
        try
        {
            rig.Executor.Stop(0, TimeSpan.Zero);
            AttemptEnd end = rig.End();

            Assert.IsTrue(end.Stopped);
            Assert.IsTrue(Rig.Alive(kept), "it may stay");
            Assert.IsFalse(Rig.Alive(Id(rig, "shell")), "the shell around it is not on the list");
        }
        finally
        {
            End(kept);
        }
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void TheUnitItselfHasAnAllowedName_ItIsStoppedAllTheSame()
    {
        using var rig = new Rig("linux");
        rig.Executor.Start(rig.Command("echo $$ > pid; sleep 100 & wait") with { AllowSurvivors = ["sh"] });
        string leader = rig.Await(rig.PathOf("pid"));

        rig.Executor.Stop(0, TimeSpan.Zero);

        Assert.IsTrue(rig.End().Stopped);
        Assert.IsFalse(Rig.Alive(leader));
    }

    private static string Id(Rig rig, string file) => File.ReadAllText(rig.PathOf(file)).Trim();

    private static void End(string pid) => _ = Libc.Kill(int.Parse(pid), Libc.SigKill);
}

using System.Text.Json;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Ends;

/// <summary>Units that do what units should not: each is ended, its finalizer runs while the service is up, and nothing is left.</summary>
[TestClass]
[TestCategory("EndToEnd")]
[OSCondition(OperatingSystems.Linux)]
public sealed class TroublesomeUnitTests : WithCleanUp
{
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void UnitAndItsChildIgnoreTermination_BothAreKilledAfterTheGrace()
    {
        Put("touch dropped", "trap '' TERM INT HUP; sh -c 'sleep 600; true' & while :; do sleep 1 || true; done", "Timeout=\"500ms\" GracePeriod=\"300ms\" ");
        using StartedBuild build = Sandbox.Start(["build", "one/one.proj"]);

        BuildRun run = build.WaitForEnd().Failed("PEX3002");

        AssertCleanedUp(run, build, "Failed", "TimedOut");
        JsonElement user = User(run);
        Assert.AreEqual(Signals.Kill, user.GetProperty("signal").GetInt32());
        Assert.IsGreaterThanOrEqualTo(800, user.GetProperty("durationMs").GetDouble());
    }

    /// <summary>A stopped process takes no SIGTERM before it goes on, so it is told to.</summary>
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void UnitStopsItself_IsEndedPolitelyAllTheSame()
    {
        Put("touch dropped", "trap 'touch said-goodbye; exit 7' TERM; kill -STOP $$; sleep 600", "Timeout=\"500ms\" GracePeriod=\"1m\" ");
        using StartedBuild build = Sandbox.Start(["build", "one/one.proj"]);

        BuildRun run = build.WaitForEnd().Failed("PEX3002");

        AssertCleanedUp(run, build, "Failed", "TimedOut");
        Assert.IsTrue(File.Exists(Sandbox["one/said-goodbye"]));
    }

    /// <summary>Two hundred processes, each in a session of its own, none of which obeys.</summary>
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void UnitForksForTwoSeconds_EveryOneOfThemIsEnded()
    {
        const string Fork = "trap '' TERM; i=0; while [ $i -lt 200 ]; do i=$((i+1)); setsid sh -c 'sleep 600; true' & sleep 0.01; done; wait";
        Put("touch dropped", Fork, "Timeout=\"2s\" GracePeriod=\"50ms\" ");
        using StartedBuild build = Sandbox.Start(["build", "one/one.proj"]);

        BuildRun run = build.WaitForEnd().Failed("PEX3002");

        AssertCleanedUp(run, build, "Failed", "TimedOut");
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void UnitWritesAGigabyte_LogKeepsItsLimitAtEveryMoment()
    {
        const long Limit = 1_000_000;
        Put("touch dropped", "head -c 1000000000 /dev/zero", "LogLimit=\"1MB\" ");
        using StartedBuild build = Sandbox.Start(["build", "one/one.proj"]);
        string logs = Sandbox["one/obj/pexen/Debug/AfterBuild/logs"];
        long most = 0;

        Until.True(
            () =>
            {
                most = Math.Max(most, Directory.Exists(logs) ? new DirectoryInfo(logs).EnumerateFiles().Sum(file => file.Length) : 0);
                return build.HasExited;
            },
            () => build.Output);

        BuildRun run = build.WaitForEnd().Succeeded();
        AssertCleanedUp(run, build, "Succeeded", "Succeeded");
        Assert.Contains("PEX4008", run.Warnings, run.Output);
        Assert.IsInRange(Limit, Limit + 1000, most);
        Assert.IsInRange(Limit, Limit + 200, new FileInfo(Path.Combine(Path.GetDirectoryName(logs)!, User(run).GetProperty("log").GetString()!)).Length);
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void UnitClosesItsOutputAndGoesOn_ItsEndIsWaitedFor()
    {
        Put("test -e late; touch dropped", "echo said; exec >&- 2>&-; sleep 1; touch late; exit 3");
        using StartedBuild build = Sandbox.Start(["build", "one/one.proj"]);

        BuildRun run = build.WaitForEnd().Failed("PEX3001");

        AssertCleanedUp(run, build, "Failed", "Failed");
        Assert.AreEqual(3, User(run).GetProperty("exitCode").GetInt32());
        Assert.AreEqual("said\n", run.Run("one", "AfterBuild").LogOf("user"));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void UnitLeavesADaemonThatHoldsItsOutput_DaemonIsEndedAndNamedAndNobodyWaitsForIt()
    {
        Put("touch dropped", $"(setsid sh -c '{EndingProjects.Wait("daemon")}' &); while [ ! -e daemon.pid ]; do sleep 0.01; done; echo said");
        using StartedBuild build = Sandbox.Start(["build", "one/one.proj"]);

        BuildRun run = build.WaitForEnd().Succeeded();

        AssertCleanedUp(run, build, "Succeeded", "Succeeded");
        Assert.Contains("PEX4004", run.Warnings, run.Output);
        Assert.Contains($"({ProcessIn("daemon")})", run.Output);
        Assert.IsNull(LiveProcess.Find(ProcessIn("daemon")));
        Assert.AreEqual("said\n", run.Run("one", "AfterBuild").LogOf("user"));
    }

    private static JsonElement User(BuildRun run) => Units(run)[1];
}

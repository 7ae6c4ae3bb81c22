using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Ends;

/// <summary>However a run ends, its finalizers run, with the service they need, and the service is stopped after them (rules 24, 26).</summary>
[TestClass]
[TestCategory("EndToEnd")]
[OSCondition(OperatingSystems.Linux)]
public sealed class CleanUpEndTests : WithCleanUp
{
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void InterruptedOnce_FinalizerRunsAndServiceIsStopped()
    {
        using StartedBuild build = Start();

        build.SendToGroup(Signals.Interrupt);

        AssertCleanedUp(build.WaitForEnd().Failed("PEX3009"), build, "Cancelled", "Cancelled");
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void InterruptedTwice_FinalizerIsEndedAsWell()
    {
        using StartedBuild build = Start($"{EndingProjects.Tell("drop")}; sleep 1000");
        build.SendToGroup(Signals.Interrupt).WaitFor("one/drop.pid");

        build.SendToGroup(Signals.Interrupt);

        BuildRun run = build.WaitForEnd();
        build.WaitForNothingLeft();
        AssertRecord(run, "Cancelled");
        Assert.AreEqual("Cancelled", Outcome(run, "drop"));
        Assert.AreEqual("Succeeded", Outcome(run, "db"));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DataRow(false, DisplayName = "SIGTERM")]
    [DataRow(true, DisplayName = "SIGKILL")]
    public void EntryProcessIsEnded_FinalizerRunsAndServiceIsStopped(bool kill)
    {
        using StartedBuild build = Start();

        build.Send(kill ? Signals.Kill : Signals.Terminate);

        build.WaitForEnd();
        build.WaitForNothingLeft();
        AssertCleanedUp(Sandbox.Run("msbuild", "one/one.proj", "-t:PexenVerify").Failed("PEX3009"), build, "Cancelled", "Cancelled");
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void RunTimesOut_FinalizerRunsAndServiceIsStopped()
    {
        Put("touch dropped");
        using StartedBuild build = Sandbox.Start(["build", "one/one.proj", "-p:PexenTimeout=5s"]);

        AssertCleanedUp(build.WaitForEnd().Failed("PEX3005"), build, "TimedOut", "TimedOut");
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void UserFails_FinalizerRunsAndServiceIsStopped()
    {
        Put("touch dropped", "exit 3");
        using StartedBuild build = Sandbox.Start(["build", "one/one.proj"]);

        AssertCleanedUp(build.WaitForEnd().Failed("PEX3001"), build, "Failed", "Failed");
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DataRow("output:^never$")]
    [DataRow("file:nowhere")]
    [DataRow("port:1")]
    [DataRow("command:exit 1")]
    [DataRow("command:sleep 1000")]
    public void ServiceIsNeverReady_ItIsStoppedAndItsUserSkippedByItsName(string readyWhen)
    {
        Sandbox.WithEnding(
            "one",
            EndingProjects.Unit("db", EndingProjects.Wait("db"), $"Service=\"true\" ReadyTimeout=\"1s\" ReadyWhen=\"{readyWhen}\" "),
            EndingProjects.Unit("user", "touch used", "Requires=\"db\" "),
            EndingProjects.Unit("drop", "touch dropped", "Finalizes=\"user\" "));
        using StartedBuild build = Sandbox.Start(["build", "one/one.proj"]);

        BuildRun run = build.WaitForEnd().Failed("PEX3002");

        build.WaitForNothingLeft();
        AssertRecord(run, "Failed");
        Assert.AreEqual("TimedOut Skipped NotNeeded", $"{Outcome(run, "db")} {Outcome(run, "user")} {Outcome(run, "drop")}");
        Assert.IsFalse(File.Exists(Sandbox["one/used"]));
        Assert.DoesNotContain("PEX4004", run.Output, "what asks is ours");
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void ServiceDiesWhileItIsUsed_ItsUserIsStoppedAtOnceAndTheFinalizerRuns()
    {
        Sandbox.WithEnding(
            "one",
            EndingProjects.Unit("db", $"{EndingProjects.Tell("db")}; exec sleep 600", "Service=\"true\" ReadyWhen=\"file:db.pid\" "),
            EndingProjects.Unit("user", EndingProjects.Wait("user"), "Requires=\"db\" "),
            EndingProjects.Unit("drop", "touch dropped", "Finalizes=\"user\" "));
        using StartedBuild build = Sandbox.Start(["build", "one/one.proj"]).WaitFor("one/user.pid");

        Signals.Send(ProcessIn("db"), Signals.Kill);

        BuildRun run = build.WaitForEnd().Failed("PEX3008");
        build.WaitForNothingLeft();
        AssertRecord(run, "Failed");
        Assert.AreEqual("Failed Cancelled Succeeded", $"{Outcome(run, "db")} {Outcome(run, "user")} {Outcome(run, "drop")}");
        Assert.Contains("1 unit was stopped because 'db' failed (signal 9): user.", run.Output);
        Assert.Contains("-p:PexenUnits=user", run.Output, "a service alone would not be needed");
    }
}

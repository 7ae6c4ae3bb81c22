using System.Text.Json;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Ends;

/// <summary>SIGKILL of those around a run, while a service is up and a finalizer is planned: who is left to clean up does it, and whoever comes next names the rest.</summary>
[TestClass]
[TestCategory("EndToEnd")]
[OSCondition(OperatingSystems.Linux)]
public sealed class CleanUpAfterKillTests : WithCleanUp
{
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void WorkerNodeIsKilled_FinalizersOfBothRunsRunAndTheirServicesAreStopped()
    {
        Put("touch dropped", project: "one");
        Put("touch dropped", project: "two");
        using StartedBuild build = Sandbox.WithBoth().Start(["msbuild", "both.proj", "-m:2"]).WaitFor("one/user.pid", "two/user.pid");
        IReadOnlyList<LiveProcess> all = build.Processes;
        LiveProcess node = all.Single(process => process.IsWorkerNode && all.Any(one => one.IsSupervisor && one.Parent == process.Id));

        Assert.AreEqual(0, Signals.Send(node.Id, Signals.Kill));

        BuildRun run = build.WaitForEnd().Failed("PEX3009");
        AssertCleanedUp(run, build, "Cancelled", "Cancelled", "one");
        AssertCleanedUp(run, build, "Cancelled", "Cancelled", "two");
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void LeaderOfAUnitIsKilled_ThatUnitCrashedAndItsFinalizerRuns()
    {
        using StartedBuild build = Start();

        Assert.AreEqual(0, Signals.Send(ProcessIn("user"), Signals.Kill));

        AssertCleanedUp(build.WaitForEnd().Failed("PEX3008"), build, "Failed", "Failed");
        JsonElement user = Units(build.WaitForEnd())[1];
        Assert.AreEqual("PEX3008 9", $"{user.GetProperty("code").GetString()} {user.GetProperty("signal").GetInt32()}");
    }

    /// <summary>Nobody is left who could run the finalizer; that is said in docs/ends.md, and the record does not hide it.</summary>
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void SupervisorIsKilled_TheTaskEndsTheServiceAndTheFinalizerIsCancelled()
    {
        using StartedBuild build = Start();

        Assert.AreEqual(0, Signals.Send(build.Supervisors.Single().Id, Signals.Kill));

        BuildRun run = build.WaitForEnd().Failed("PEX3012");
        build.WaitForNothingLeft();
        Assert.IsNull(LiveProcess.Find(ProcessIn("db")));
        AssertRecord(run, "Interrupted");
        Assert.AreEqual("Cancelled Cancelled Cancelled", $"{Outcome(run, "db")} {Outcome(run, "user")} {Outcome(run, "drop")}");
        Assert.IsFalse(File.Exists(Sandbox["one/dropped"]));
        Assert.Contains("PEX3009", run.Warnings, run.Output);
        Assert.Contains($"({ProcessIn("db")})", run.Output);
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void SupervisorAndBuildAreKilled_NextBuildEndsAndNamesServiceAndUserAndCleansUpItsOwn()
    {
        Put("touch dropped", $"test -e go || {{ {EndingProjects.Wait("user")}; }}");
        using StartedBuild build = Sandbox.Start(["build", "one/one.proj"]).WaitFor("one/user.pid");
        (int service, int user) = (ProcessIn("db"), ProcessIn("user"));
        KillSupervisorAndBuild(build);
        Assert.IsNotNull(LiveProcess.Find(service));
        File.WriteAllText(Sandbox["one/go"], "");
        using StartedBuild next = Sandbox.Start(["build", "one/one.proj"]).WaitForOutput("PEX3009");

        BuildRun run = next.WaitForEnd().Succeeded();

        Assert.IsNull(LiveProcess.Find(service), run.Output);
        Assert.Contains($"({service})", run.Output);
        Assert.Contains($"({user})", run.Output);
        Assert.Contains("PEX3009", run.Warnings, run.Output);
        RecordAssert.KeepsTheRules(Former());
        Assert.AreEqual("Interrupted", JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Former(), "run.json"))).RootElement.GetProperty("outcome").GetString());
        next.WaitForNothingLeft();
        AssertRecord(run, "Succeeded");
        Assert.AreEqual("Succeeded Succeeded Succeeded", $"{Outcome(run, "db")} {Outcome(run, "user")} {Outcome(run, "drop")}");
    }
}

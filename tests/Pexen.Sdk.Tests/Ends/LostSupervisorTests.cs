using System.Text.Json;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Ends;

/// <summary>The supervisor is killed, alone or with everybody who could have told.</summary>
[TestClass]
[TestCategory("EndToEnd")]
[OSCondition(OperatingSystems.Linux)]
public sealed class LostSupervisorTests : OneProject
{
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DataRow("build", DisplayName = "SupervisorAndBuildAreKilled, by a build")]
    [DataRow("verify", DisplayName = "SupervisorAndBuildAreKilled, by PexenVerify")]
    public void SupervisorAndBuildAreKilled_WhoeverComesNextEndsAndNamesWhatIsLeft(string next)
    {
        Sandbox.WithEnding("one", [
            EndingProjects.Unit("done", "true"),
            EndingProjects.Unit("slow", $"test -e go || {{ setsid sh -c '{EndingProjects.Wait("slow")}' & wait; }}", "Requires=\"done\" "),
            EndingProjects.Unit("after", "true", "Requires=\"slow\" "),
        ]);
        using StartedBuild build = Sandbox.Start(["build", "one/one.proj"]).WaitFor("one/slow.pid");
        int unit = ProcessIn("slow");
        KillSupervisorAndBuild(build);
        Assert.IsNotNull(LiveProcess.Find(unit));
        File.WriteAllText(Sandbox["one/go"], "");

        BuildRun run = next == "build" ? Sandbox.Build("one/one.proj").Succeeded() : Sandbox.Run("msbuild", "one/one.proj", "-t:PexenVerify").Failed("PEX3009");

        Assert.IsNull(LiveProcess.Find(unit), run.Output);
        Assert.Contains($"sleep ({unit})", run.Output);
        Assert.Contains("PEX3009", run.Warnings, run.Output);
        build.WaitForNothingLeft();
        string folder = next == "build" ? Former() : Sandbox["one/obj/pexen/Debug/AfterBuild"];
        RecordAssert.KeepsTheRules(folder);
        JsonElement record = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "run.json"))).RootElement;
        Assert.AreEqual("Interrupted", record.GetProperty("outcome").GetString());
        CollectionAssert.AreEqual(
            new[] { "Succeeded", "Cancelled", "Cancelled" },
            record.GetProperty("units").EnumerateArray().Select(one => one.GetProperty("outcome").GetString()).ToArray());
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void SupervisorIsKilled_TaskWritesTheRecordAtOnceAndTheNextBuildHasNothingToSay()
    {
        Sandbox.WithEnding("one", EndingProjects.Unit("slow", $"test -e go || {{ {EndingProjects.Wait("slow")}; }}"));
        using StartedBuild build = Sandbox.Start(["build", "one/one.proj"]).WaitFor("one/slow.pid");

        Assert.AreEqual(0, Signals.Send(build.Supervisors.Single().Id, Signals.Kill));

        BuildRun run = build.WaitForEnd().Failed("PEX3012");
        AssertRecord(run, "Interrupted");
        File.WriteAllText(Sandbox["one/go"], "");
        BuildRun after = Sandbox.Build("one/one.proj").Succeeded();
        Assert.DoesNotContain("PEX3009", after.Output);
    }
}

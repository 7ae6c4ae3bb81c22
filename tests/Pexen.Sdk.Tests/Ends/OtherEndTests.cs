using System.Text.Json;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Ends;

/// <summary>Ends that the table has no room for: what waits, and what takes its time.</summary>
[TestClass]
[TestCategory("EndToEnd")]
[OSCondition(OperatingSystems.Linux)]
public sealed class OtherEndTests : OneProject
{
    /// <summary>On a polite stop it says so in a file and ends when it is let.</summary>
    private static readonly string Slow =
        $"trap 'touch stopping; while [ ! -e go ]; do sleep 0.05; done; exit 0' TERM; {EndingProjects.Tell("slow")}; while :; do sleep 1 || true; done";

    private static readonly string Stubborn = $"trap '' TERM INT HUP; {EndingProjects.Tell("stubborn")}; while :; do sleep 1 || true; done";

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void UnitsWaitForALock_OneInterruptEndsThemAll()
    {
        string claim = "Claims=\"db\" ";
        Sandbox.WithEnding("one", [
            EndingProjects.Unit("first", EndingProjects.Wait("first"), claim),
            .. Enumerable.Range(1, 5).Select(number => EndingProjects.Unit($"waiting{number}", EndingProjects.Wait($"waiting{number}"), claim)),
        ]);
        using StartedBuild build = Sandbox.Start(["build", "one/one.proj"]).WaitFor("one/first.pid");

        build.SendToGroup(Signals.Interrupt);

        BuildRun run = build.WaitForEnd().Failed("PEX3009");
        build.WaitForNothingLeft();
        AssertCancelled(run);
        Assert.Contains("1 unit stopped, 5 not started", run.Output);
        Assert.AreEqual(1, Units(run).Count(unit => unit.GetProperty("startedAt").ValueKind != JsonValueKind.Null));
        Assert.IsFalse(File.Exists(Sandbox["one/waiting1.pid"]));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void BuildWaitsForAnother_InterruptEndsTheOneThatWaitsAndNotTheOther()
    {
        Sandbox.WithEnding("one", EndingProjects.Unit("first", $"{EndingProjects.Tell("first")}; while [ ! -e go ]; do sleep 0.05; done"));
        using StartedBuild first = Sandbox.Start(["build", "one/one.proj"]).WaitFor("one/first.pid");
        using StartedBuild second = Sandbox.Start(["build", "one/one.proj"]).WaitForOutput("waiting for another run");

        second.SendToGroup(Signals.Interrupt);

        second.WaitForEnd().Failed("PEX3009");
        File.WriteAllText(Sandbox["one/go"], "");
        BuildRun run = first.WaitForEnd().Succeeded();
        first.WaitForNothingLeft();
        AssertRecord(run, "Succeeded");
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void UnitTakesItsTimeAfterAnInterrupt_SecondInterruptLeavesNothingEither()
    {
        Sandbox.WithEnding("one", EndingProjects.Unit("slow", Slow, "GracePeriod=\"2m\" "));
        using StartedBuild build = Sandbox.Start(["build", "one/one.proj"]).WaitFor("one/slow.pid");
        build.SendToGroup(Signals.Interrupt).WaitFor("one/stopping");

        build.SendToGroup(Signals.Interrupt);

        File.WriteAllText(Sandbox["one/go"], "");
        BuildRun run = build.WaitForEnd();
        build.WaitForNothingLeft();
        AssertCancelled(run);
        Assert.AreNotEqual(0, run.ExitCode, run.Output);
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void UnitTakesItsTimeAfterTermination_OutputOfTheBuildIsClosedBefore()
    {
        Sandbox.WithEnding("one", EndingProjects.Unit("slow", Slow, "GracePeriod=\"2m\" "));
        using StartedBuild build = Sandbox.Start(["build", "one/one.proj"]).WaitFor("one/slow.pid");

        build.Send(Signals.Terminate);

        build.WaitForEnd();
        Assert.IsNotNull(LiveProcess.Find(ProcessIn("slow")));
        Sandbox.Run("msbuild", "one/one.proj", "-t:PexenVerify").Failed("PEX3009");
        File.WriteAllText(Sandbox["one/go"], "");
        build.WaitForNothingLeft();
        BuildRun verified = Sandbox.Run("msbuild", "one/one.proj", "-t:PexenVerify").Failed("PEX3009");
        AssertCancelled(verified);
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void UnitTakesItsTimeAfterTermination_NextBuildWaitsForItsEnd()
    {
        Sandbox.WithEnding("one", EndingProjects.Unit("slow", $"test -e go || {{ {Slow}; }}", "GracePeriod=\"2m\" "));
        using StartedBuild build = Sandbox.Start(["build", "one/one.proj"]).WaitFor("one/slow.pid");
        build.Send(Signals.Terminate).WaitForEnd();

        using StartedBuild next = Sandbox.Start(["build", "one/one.proj"]).WaitForOutput("waiting for another run");

        Assert.IsNotNull(LiveProcess.Find(ProcessIn("slow")));
        File.WriteAllText(Sandbox["one/go"], "");
        BuildRun run = next.WaitForEnd().Succeeded();
        AssertRecord(run, "Succeeded");
        RecordAssert.KeepsTheRules(Former());
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DataRow(Signals.Interrupt, DisplayName = "UnitIgnoresThePoliteStop, SIGINT")]
    [DataRow(Signals.Terminate, DisplayName = "UnitIgnoresThePoliteStop, SIGTERM")]
    public void UnitIgnoresThePoliteStop_IsKilledAfterItsGrace(int signal)
    {
        Sandbox.WithEnding("one", EndingProjects.Unit("stubborn", Stubborn, "GracePeriod=\"300ms\" "));
        using StartedBuild build = Sandbox.Start(["build", "one/one.proj"]).WaitFor("one/stubborn.pid");

        build.Send(signal);

        BuildRun run = build.WaitForEnd();
        build.WaitForNothingLeft();
        AssertCancelled(run);
        JsonElement unit = Units(run).Single();
        Assert.AreEqual(Signals.Kill, unit.GetProperty("signal").GetInt32());
        Assert.IsGreaterThanOrEqualTo(300, unit.GetProperty("durationMs").GetDouble());
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DataRow(Signals.Terminate, DisplayName = "LauncherIgnoresInterrupts, SIGTERM")]
    [DataRow(Signals.Kill, DisplayName = "LauncherIgnoresInterrupts, SIGKILL")]
    public void LauncherIgnoresInterrupts_OtherSignalsStillEndEverything(int signal)
    {
        Sandbox.WithChildren("one", Kin.All);
        using StartedBuild build = Sandbox.Start(["build", "one/one.proj"], launcher: Launcher.IgnoringInterrupts).WaitFor(EndingProjects.ProcessFiles("one", Kin.All));

        build.SendToGroup(Signals.Interrupt).Send(signal);

        BuildRun run = build.WaitForEnd();
        build.WaitForNothingLeft();
        AssertCancelled(run);
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void WorkerNodeAloneIsInterrupted_MSBuildIgnoresItAndSoDoTheRuns()
    {
        string[] units = [EndingProjects.Unit("unit", $"{EndingProjects.Tell("unit")}; while [ ! -e go ]; do sleep 0.05; done")];
        Sandbox.WithEnding("one", units).WithEnding("two", units).WithBoth();
        using StartedBuild build = Sandbox.Start(["msbuild", "both.proj", "-m:2"]).WaitFor("one/unit.pid", "two/unit.pid");

        Assert.AreEqual(0, Signals.Send(build.Processes.Single(process => process.IsWorkerNode).Id, Signals.Interrupt));

        Assert.HasCount(2, build.Supervisors.ToList());
        File.WriteAllText(Sandbox["one/go"], "");
        File.WriteAllText(Sandbox["two/go"], "");
        AssertRecord(build.WaitForEnd().Succeeded(), "Succeeded");
    }

    /// <summary>The connection is reset then, not closed, and MSBuild's node does not notice (decision 70).</summary>
    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DataRow(BuildMode.Ordinary, DisplayName = "BuildDiesWithMessagesOfItsNodeUnread")]
    [DataRow(BuildMode.NodeReuse, DisplayName = "BuildDiesWithMessagesOfItsNodeUnread, node reuse")]
    public void BuildDiesWithMessagesOfItsNodeUnread_RunsInTheNodeEndToo(BuildMode mode)
    {
        const int Talk = 20;
        string[] units = [
            EndingProjects.Unit("waits", EndingProjects.Wait("waits")),
            EndingProjects.Unit("unit0", "while [ ! -e ../go ]; do sleep 0.05; done"),
            .. Enumerable.Range(1, Talk).Select(number => EndingProjects.Unit($"unit{number}", "echo hello", $"ShowOutput=\"Always\" Requires=\"unit{number - 1}\" ")),
        ];
        Sandbox.WithEnding("one", units).WithEnding("two", units).WithBoth();
        using StartedBuild build = Sandbox.Start(["msbuild", "both.proj", "-m:2"], mode).WaitFor("one/waits.pid", "two/waits.pid").Send(Signals.Stop);
        File.WriteAllText(Sandbox["go"], "");
        build.WaitForEvent("one", "\"end\"", $"\"unit{Talk}\"").WaitForEvent("two", "\"end\"", $"\"unit{Talk}\"");

        BuildRun run = build.Send(Signals.Kill).WaitForEnd();

        build.WaitForNothingLeft(nodesMayStay: mode == BuildMode.NodeReuse);
        foreach (string project in (string[])["one", "two"])
        {
            RecordAssert.KeepsTheRules(Sandbox[$"{project}/obj/pexen/Debug/AfterBuild"]);
            Assert.AreEqual("Cancelled", run.Record(project, "AfterBuild").GetProperty("outcome").GetString());
        }
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void OneUnitIsKilled_ItIsACrashAndTheRunGoesOn()
    {
        Sandbox.WithEnding("one", [EndingProjects.Unit("victim", EndingProjects.Wait("victim")), EndingProjects.Unit("other", "while [ ! -e go ]; do sleep 0.05; done")]);
        using StartedBuild build = Sandbox.Start(["build", "one/one.proj"]).WaitFor("one/victim.pid");

        Assert.AreEqual(0, Signals.Send(ProcessIn("victim"), Signals.Terminate));

        build.WaitForEvent("one", "\"end\"", "victim");
        File.WriteAllText(Sandbox["one/go"], "");
        BuildRun run = build.WaitForEnd().Failed("PEX3008");
        AssertRecord(run, "Failed");
        Assert.AreEqual("victim Failed, other Succeeded", string.Join(", ", run.Units("one", "AfterBuild")));
    }
}

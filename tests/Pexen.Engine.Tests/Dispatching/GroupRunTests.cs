using Pexen.Execution;
using Pexen.Execution.Protocol;
using Pexen.Model;
using Pexen.RecordChecking;
using Pexen.Records;

namespace Pexen.Engine.Tests.Dispatching;

/// <summary>Limits and commands of groups in a run (rule 28).</summary>
[TestClass]
public sealed class GroupRunTests
{
    private static readonly AttemptEnd Forever = new() { Unit = 0, ExitCode = 0 };

    [TestMethod]
    public void AllSucceed_CommandsRunBeforeTheFirstAndAfterTheLast_EP09_EPR10()
    {
        using Stage stage = Hooked().With("early").With("one", InGroup, requires: "early").With("two", InGroup, requires: "one");

        FinishMessage finish = Play(stage);

        Assert.AreEqual("Succeeded", finish.Outcome);
        AssertOrder(
            stage,
            "end early", "ready one", "hook g.OnStarted", "hookEnd g.OnStarted", "start one", "end one", "start two", "end two",
            "hook g.OnSucceeded", "hookEnd g.OnSucceeded", "hook g.OnFinished", "hookEnd g.OnFinished", "finish");
        GroupRecord group = Group(stage, "g");
        Assert.AreEqual("Succeeded 2 2 0", $"{group.Outcome} {group.Members} {group.Succeeded} {group.Failed}");
        Assert.AreEqual("OnStarted OnSucceeded OnFinished", string.Join(' ', group.Hooks.Select(hook => hook.Hook)));
        Assert.IsTrue(group.Hooks.All(hook => hook is { ExitCode: 0, Signal: null }));
    }

    [TestMethod]
    public void OneTimesOut_OnSucceededDoesNotRunAndOnFinishedDoes_EP10()
    {
        using Stage stage = Hooked().With("one", InGroup).With("late", unit => InGroup(unit) with { Timeout = TimeSpan.FromSeconds(2) });
        stage.Executor.Let("late", TimeSpan.FromHours(1), Forever);

        FinishMessage finish = Play(stage);

        Assert.AreEqual("Failed", finish.Outcome);
        Assert.AreEqual("g.OnStarted g.OnFinished", Hooks(stage));
        GroupRecord group = Group(stage, "g");
        Assert.AreEqual("Failed 2 1 1", $"{group.Outcome} {group.Members} {group.Succeeded} {group.TimedOut}");
    }

    [TestMethod]
    public void UnitOfInnerGroupTimesOut_BothGroupsFailAndFinishFromTheInsideOut_EP11()
    {
        using Stage stage = Hooked().WithGroup("in", "g", group => group with { Hooks = new GroupHooks("begin", "good", "end") })
            .With("one", InGroup)
            .With("late", unit => unit with { Group = "in", Timeout = TimeSpan.FromSeconds(2) });
        stage.Executor.Let("late", TimeSpan.FromHours(1), Forever);

        Play(stage);

        Assert.AreEqual("g.OnStarted in.OnStarted in.OnFinished g.OnFinished", Hooks(stage));
        Assert.AreEqual("Failed 1 1", $"{Group(stage, "in").Outcome} {Group(stage, "in").Members} {Group(stage, "in").TimedOut}");
        Assert.AreEqual("Failed 2 1 1", $"{Group(stage, "g").Outcome} {Group(stage, "g").Members} {Group(stage, "g").Succeeded} {Group(stage, "g").TimedOut}");
    }

    [TestMethod]
    public void RunTimesOut_GroupFinishesAndItsWaitingUnitsAreTold_EP12_EPR8()
    {
        using Stage stage = Hooked().With("one", InGroup).With("two", InGroup, requires: "one");
        stage.Executor.Let("one", TimeSpan.FromHours(1), Forever);

        FinishMessage finish = Play(stage, request => request with { Timeout = TimeSpan.FromSeconds(5) });

        Assert.AreEqual("TimedOut", finish.Outcome);
        Assert.AreEqual("g.OnStarted g.OnFinished", Hooks(stage));
        Assert.AreEqual("TimedOut Cancelled", $"{stage.Unit("one").Outcome} {stage.Unit("two").Outcome}");
        Assert.AreEqual(2, Group(stage, "g").Members);
    }

    [TestMethod]
    public void OnStartedFails_UnitsAreSkippedByNameAndOnFinishedRuns_EPR7()
    {
        using Stage stage = Hooked().With("one", InGroup).With("two", InGroup).With("after", requires: "one").With("other");
        stage.Executor.Let("g.OnStarted", TimeSpan.FromSeconds(1), new AttemptEnd { Unit = 0, ExitCode = 3 }, "no disk\n");

        FinishMessage finish = Play(stage);

        Assert.AreEqual("Failed", finish.Outcome);
        Assert.AreEqual("Skipped groupNotStarted", $"{stage.Unit("one").Outcome} {stage.Unit("one").Reason}");
        Assert.AreEqual("Skipped Succeeded", $"{stage.Unit("after").Outcome} {stage.Unit("other").Outcome}");
        Assert.AreEqual("g.OnStarted g.OnFinished", Hooks(stage));
        Assert.AreEqual("Failed", Group(stage, "g").Outcome);
        Diagnostic said = stage.Diagnostics.Single(diagnostic => diagnostic.Code == "PEX3014");
        Assert.Contains("Group 'g': OnStarted failed with exit code 3. Its units are skipped.", said.Message);
        Assert.Contains("no disk", said.Message);
        Assert.Contains("OnStarted of group 'g' failed", stage.Diagnostics.Single(diagnostic => diagnostic.Code == "PEX4001").Message);
    }

    [TestMethod]
    [DataRow("OnSucceeded")]
    [DataRow("OnFinished")]
    public void CommandAtTheEndFails_TheGroupAndTheRunFail(string hook)
    {
        using Stage stage = Hooked().With("one", InGroup);
        stage.Executor.Let($"g.{hook}", 1);

        FinishMessage finish = Play(stage);

        Assert.AreEqual("Failed", finish.Outcome);
        Assert.AreEqual("Succeeded Failed", $"{stage.Unit("one").Outcome} {Group(stage, "g").Outcome}");
        Assert.AreEqual("g.OnStarted g.OnSucceeded g.OnFinished", Hooks(stage));
        Assert.Contains($"Group 'g': {hook} failed with exit code 1.", stage.Diagnostics.Single(diagnostic => diagnostic.Code == "PEX3014").Message);
    }

    [TestMethod]
    public void CommandLeavesProcessesBehind_TheyAreNamed()
    {
        using Stage stage = Hooked().With("one", InGroup);
        stage.Executor.Let("g.OnStarted", TimeSpan.FromSeconds(1), Forever with { Survivors = ["server (17)"] });

        FinishMessage finish = Play(stage);

        Assert.AreEqual("Succeeded", finish.Outcome);
        Diagnostic said = stage.Diagnostics.Single();
        Assert.AreEqual("PEX4004 Warning", $"{said.Code} {said.Severity}");
        Assert.StartsWith("Group 'g': OnStarted ended but left processes behind, which were ended: server (17).", said.Message);
    }

    [TestMethod]
    public void CommandTakesTooLong_ItIsStoppedAfterAMinute()
    {
        using Stage stage = Hooked().With("one", InGroup);
        stage.Executor.Let("g.OnFinished", TimeSpan.FromHours(1), Forever);

        Play(stage);

        Assert.Contains("OnFinished was stopped after 60s", stage.Diagnostics.Single(diagnostic => diagnostic.Code == "PEX3014").Message);
        Assert.AreEqual(60, Math.Round((Group(stage, "g").Hooks[2].FinishedAt - Group(stage, "g").Hooks[2].StartedAt).TotalSeconds));
    }

    [TestMethod]
    public void TimeOfTheGroupIsUp_RunningUnitsTimeOutWithoutRetriesAndWaitingOnesAreSkipped()
    {
        using Stage stage = new();
        stage.WithGroup("g", change: group => group with { Timeout = TimeSpan.FromSeconds(10) })
            .With("first", InGroup)
            .With("long", unit => InGroup(unit) with { Timing = Timing.Default with { Retries = 3, RetryOn = RetryCauses.Timeout } }, requires: "first")
            .With("waiting", InGroup, requires: "long")
            .With("dependent", requires: "waiting")
            .With("other");
        stage.Executor.Let("long", TimeSpan.FromHours(1), Forever);

        FinishMessage finish = Play(stage);

        Assert.AreEqual("Failed", finish.Outcome);
        Assert.AreEqual("TimedOut PEX3002 group timeout", $"{stage.Unit("long").Outcome} {stage.Unit("long").Code} {stage.Unit("long").Reason}");
        Assert.HasCount(1, stage.Unit("long").Attempts);
        Assert.AreEqual(9000, stage.Unit("long").DurationMs);
        Assert.AreEqual("Skipped groupTimeout", $"{stage.Unit("waiting").Outcome} {stage.Unit("waiting").Reason}");
        Assert.AreEqual("Skipped", stage.Unit("dependent").Outcome);
        Assert.AreEqual("Succeeded", stage.Unit("other").Outcome);
        Assert.AreEqual("TimedOut", Group(stage, "g").Outcome);
        Assert.Contains("Group 'g' was ended after its Timeout of 10s: 1 unit stopped, 1 not started.", stage.Diagnostics.First(diagnostic => diagnostic.Code == "PEX3002").Message);
    }

    [TestMethod]
    public void TimeOfTheGroupIsUpWhileAUnitRestsBetweenAttempts_ThatIsSaid()
    {
        using Stage stage = new();
        stage.WithGroup("g", change: group => group with { Timeout = TimeSpan.FromSeconds(10) })
            .With("tried", unit => InGroup(unit) with { Timing = Timing.Default with { Retries = 3, RetryDelay = TimeSpan.FromSeconds(20) } })
            .With("waiting", InGroup, requires: "tried");
        stage.Executor.Let("tried", 1);

        Play(stage);

        Assert.AreEqual("Skipped 1 Skipped 0", $"{stage.Unit("tried").Outcome} {stage.Unit("tried").Attempts.Length} {stage.Unit("waiting").Outcome} {stage.Unit("waiting").Attempts.Length}");
        Assert.Contains("0 units stopped, 1 not started, 1 not tried again.", stage.Diagnostics.First(diagnostic => diagnostic.Code == "PEX3002").Message);
    }

    [TestMethod]
    public void TimeOfTheGroupIsUpJustWhenAUnitFails_ItIsNotTriedAgain()
    {
        using var stage = new Stage();
        stage.WithGroup("g", change: group => group with { Timeout = TimeSpan.FromSeconds(3) })
            .With("one", unit => InGroup(unit) with { Timing = new Timing { Retries = 2 } });
        stage.Executor.Let("one", TimeSpan.FromSeconds(3.5), new AttemptEnd { Unit = 0, ExitCode = 1 });
        stage.Executor.EndsFirst = "one";

        Play(stage);

        Assert.AreEqual("one", stage.Executor.Stopped.Single().Unit);
        Assert.AreEqual("Failed 1", $"{stage.Unit("one").Outcome} {stage.Unit("one").Attempts.Length}");
    }

    [TestMethod]
    public void TimeOfTheGroupIsUp_WhoCleansUpInItStillRuns()
    {
        using Stage stage = new();
        stage.WithGroup("g", change: group => group with { Timeout = TimeSpan.FromSeconds(10), Hooks = new GroupHooks(null, null, "end") })
            .With("long", InGroup)
            .Finalizing("clean", "long", InGroup);
        stage.Executor.Let("long", TimeSpan.FromHours(1), Forever);

        Play(stage);

        Assert.AreEqual("TimedOut Succeeded", $"{stage.Unit("long").Outcome} {stage.Unit("clean").Outcome}");
        Assert.AreEqual("TimedOut 2 1 1", $"{Group(stage, "g").Outcome} {Group(stage, "g").Members} {Group(stage, "g").Succeeded} {Group(stage, "g").TimedOut}");
        AssertOrder(stage, "end long", "start clean", "end clean", "hook g.OnFinished", "finish");
    }

    [TestMethod]
    public void OnStartedFails_WhoCleansUpAfterOthersInTheGroupStillRuns()
    {
        using Stage stage = Hooked().With("make").With("one", InGroup).Finalizing("clean", "make", InGroup).Finalizing("idle", "one", InGroup);
        stage.Executor.Let("make", TimeSpan.FromSeconds(5), Forever);
        stage.Executor.Let("g.OnStarted", 3);

        Play(stage);

        Assert.AreEqual("Skipped Succeeded NotNeeded", $"{stage.Unit("one").Outcome} {stage.Unit("clean").Outcome} {stage.Unit("idle").Outcome}");
        AssertOrder(stage, "hookEnd g.OnStarted", "end make", "start clean", "end clean", "hook g.OnFinished", "finish");
    }

    [TestMethod]
    public void TimeOfTheOuterGroupIsUp_UnitsOfTheInnerOneEndToo()
    {
        using Stage stage = new();
        stage.WithGroup("in", "g", group => group with { Hooks = new GroupHooks(null, "good", "end") })
            .WithGroup("g", change: group => group with { Timeout = TimeSpan.FromSeconds(10) })
            .With("first", InGroup)
            .With("long", unit => unit with { Group = "in" });
        stage.Executor.Let("long", TimeSpan.FromHours(1), Forever);

        Play(stage);

        Assert.AreEqual("TimedOut group timeout", $"{stage.Unit("long").Outcome} {stage.Unit("long").Reason}");
        Assert.AreEqual("in.OnFinished", Hooks(stage));
        Assert.AreEqual("Failed TimedOut", $"{Group(stage, "in").Outcome} {Group(stage, "g").Outcome}");
    }

    [TestMethod]
    public void NoUnitOfTheGroupStarts_NoCommandRuns()
    {
        using Stage stage = Hooked().With("bad").With("one", InGroup, requires: "bad");
        stage.Executor.Let("bad", 1);

        Play(stage);

        Assert.AreEqual("", Hooks(stage));
        Assert.AreEqual("Skipped", Group(stage, "g").Outcome);
    }

    [TestMethod]
    public void RunIsCancelledWhileOnStartedRuns_ItIsStoppedAndOnFinishedRuns()
    {
        using Stage stage = Hooked().With("one", InGroup);
        stage.Executor.Let("g.OnStarted", TimeSpan.FromHours(1), Forever);
        stage.Executor.OnStart = launch =>
        {
            if (launch.Name == "g.OnStarted")
            {
                stage.Dispatcher!.Cancel("a test");
            }
        };

        FinishMessage finish = Play(stage);

        Assert.AreEqual("Cancelled", finish.Outcome);
        Assert.AreEqual("Cancelled", stage.Unit("one").Outcome);
        Assert.AreEqual("g.OnStarted g.OnFinished", Hooks(stage));
        Assert.IsFalse(stage.Diagnostics.Any(diagnostic => diagnostic.Code == "PEX3014"));
    }

    [TestMethod]
    public void RunIsCancelledTwice_OnFinishedIsStoppedToo()
    {
        using Stage stage = Hooked().With("one", InGroup);
        stage.Executor.Let("one", TimeSpan.FromHours(1), Forever);
        stage.Executor.Let("g.OnFinished", TimeSpan.FromHours(1), Forever);
        stage.Executor.OnStart = launch =>
        {
            if (launch.Name != "g.OnStarted")
            {
                stage.Dispatcher!.CancelAgain("a test");
            }
        };

        FinishMessage finish = Play(stage);

        Assert.AreEqual("Cancelled", finish.Outcome);
        CollectionAssert.AreEqual(new[] { "one", "g.OnFinished" }, stage.Executor.Stopped.ConvertAll(one => one.Unit));
    }

    private static FinishMessage Play(Stage stage, Func<RunRequest, RunRequest>? change = null)
    {
        FinishMessage finish = stage.Play(change);
        Assert.AreEqual("", string.Join('\n', RecordCheck.Folder(stage.Folder.Path)));
        return finish;
    }

    private static Stage Hooked() => new Stage().WithGroup("g", change: group => group with { Hooks = new GroupHooks("begin", "good", "end") });

    private static UnitDefinition InGroup(UnitDefinition unit) => unit with { Group = "g" };

    private static GroupRecord Group(Stage stage, string name) => stage.Record.Groups.Single(group => group.Name == name);

    private static string Hooks(Stage stage) => string.Join(' ', stage.EventNames().Where(name => name.StartsWith("hook ", StringComparison.Ordinal)).Select(name => name[5..]));

    private static void AssertOrder(Stage stage, params string[] expected)
    {
        IReadOnlyList<string> names = stage.EventNames();
        int[] places = [.. expected.Select(name => names.ToList().IndexOf(name))];
        Assert.DoesNotContain(-1, places, string.Join(", ", names));
        CollectionAssert.AreEqual(places.Order().ToArray(), places, string.Join(", ", names));
    }
}

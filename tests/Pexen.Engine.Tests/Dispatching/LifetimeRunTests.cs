using Pexen.Execution;
using Pexen.Execution.Protocol;
using Pexen.Model;
using Pexen.RecordChecking;

namespace Pexen.Engine.Tests.Dispatching;

/// <summary>Services and finalizers in a run (rules 24 to 26).</summary>
[TestClass]
public sealed class LifetimeRunTests
{
    private static readonly AttemptEnd Forever = new() { Unit = 0, ExitCode = 0 };

    [TestMethod]
    public void ServiceIsReadyAtOnce_ItIsUpForItsUsersAndStoppedAfterTheLast()
    {
        using Stage stage = Database().With("one", requires: "db").With("two", requires: "one;db");

        FinishMessage finish = stage.Play();

        Assert.AreEqual("Succeeded", finish.Outcome);
        Assert.AreEqual("Succeeded stopped", $"{stage.Unit("db").Outcome} {stage.Unit("db").Reason}");
        Assert.IsTrue(stage.Unit("db").Service);
        CollectionAssert.AreEqual(new[] { ("db", TimeSpan.FromSeconds(5)) }, stage.Executor.Stopped);
        AssertOrder(stage, "ready db", "start db", "serviceReady db", "ready one", "start one", "end one", "ready two", "start two", "end two", "end db", "finish");
    }

    [TestMethod]
    public void NobodyNeedsTheService_ItIsNotStarted()
    {
        using Stage stage = Database().With("bad").With("user", requires: "db;bad");
        stage.Executor.Let("bad", 1);

        FinishMessage finish = stage.Play();

        Assert.StartsWith("Pexen AfterBuild: 3 units, 0 succeeded, 1 failed, 1 skipped, 1 not needed in ", finish.Counts.Summary("AfterBuild", 0, "r"));

        Assert.AreEqual("NotNeeded", stage.Unit("db").Outcome);
        Assert.AreEqual("Skipped", stage.Unit("user").Outcome);
        Assert.AreEqual("bad", string.Join(' ', stage.Executor.Started.Select(launch => launch.Name)));
    }

    [TestMethod]
    [DataRow(0, Aftermath.None)]
    [DataRow(3, Aftermath.None)]
    [DataRow(3, Aftermath.Provide | Aftermath.ReleaseLocks)]
    [DataRow(7, Aftermath.None)]
    public void ServiceEndsWhileNeeded_ItFailedAndItsUsersAreCancelledOrSkippedByItsName(int code, Aftermath onFailure)
    {
        using Stage stage = Database(change: unit => unit with { ControlledExitCodes = new ExitCodes([new ExitCodeRange(7, 7)]), OnFailure = onFailure })
            .With("user", requires: "db").With("next", requires: "user;db").With("last", requires: "user");
        stage.Executor.Let("db", TimeSpan.FromSeconds(2), Forever with { ExitCode = code });
        stage.Executor.Let("user", TimeSpan.FromSeconds(50), Forever);

        FinishMessage finish = stage.Play();

        Assert.AreEqual("Failed", finish.Outcome);
        Assert.AreEqual("Failed PEX3001", $"{stage.Unit("db").Outcome} {stage.Unit("db").Code}");
        Assert.AreEqual("Cancelled db", $"{stage.Unit("user").Outcome} {stage.Unit("user").CausedBy}");
        Assert.AreEqual("Skipped db", $"{stage.Unit("next").Outcome} {stage.Unit("next").CausedBy}");
        Assert.AreEqual("Skipped db", $"{stage.Unit("last").Outcome} {stage.Unit("last").CausedBy}", "the root is not the unit before it");
        Assert.AreEqual(2000, stage.Unit("user").DurationMs);
        string[] said = [.. stage.Diagnostics.Where(one => one.Code == "PEX4001").Select(one => one.Message)];
        Assert.HasCount(2, said);
        Assert.EndsWith("): next, last.", said[0]);
        Assert.StartsWith("1 unit was stopped because 'db' failed (", said[1]);
        Assert.EndsWith("): user.", said[1]);
        Assert.AreEqual("", string.Join('\n', RecordCheck.Folder(stage.Folder.Path)));
    }

    [TestMethod]
    [DataRow("said", "Failed PEX3001 ended while needed", "Cancelled")]
    [DataRow("said otherwise, and much later", "Skipped  notApplicable", "Skipped")]
    public void ServiceEndsWithACodeThatMeansNotApplicable_ItIsAFailureOnceItWasReady(string line, string outcome, string user)
    {
        using Stage stage = Database(terms => terms with { Kind = ReadyKind.Output, Text = "^said$" }, unit => unit with { SkipExitCodes = new ExitCodes([new ExitCodeRange(4, 4)]) }).With("user", requires: "db");
        stage.Executor.Let("db", TimeSpan.FromSeconds(2), Forever with { ExitCode = 4 }, line + "\n");
        stage.Executor.Let("user", TimeSpan.FromSeconds(50), Forever);

        stage.Play();

        Assert.AreEqual(outcome, $"{stage.Unit("db").Outcome} {stage.Unit("db").Code} {stage.Unit("db").Reason}");
        Assert.AreEqual(user, stage.Unit("user").Outcome);
    }

    [TestMethod]
    public void ServiceEndsWithAControlledCodeBeforeItIsReady_NobodyGoesOnWithoutIt()
    {
        using Stage stage = Database(Says, unit => unit with { ControlledExitCodes = new ExitCodes([new ExitCodeRange(7, 7)]) }).With("user", requires: "db");
        stage.Executor.Let("db", TimeSpan.FromSeconds(2), Forever with { ExitCode = 7 });

        stage.Play();

        Assert.AreEqual("Failed PEX3001 ended before it was ready", $"{stage.Unit("db").Outcome} {stage.Unit("db").Code} {stage.Unit("db").Reason}");
        Assert.AreEqual("Skipped", stage.Unit("user").Outcome);
    }

    [TestMethod]
    public void ServiceComplainsThatItIsStopped_ThatIsNoErrorOfTheBuild()
    {
        using Stage stage = Database(Says, unit => unit with { ParseDiagnostics = Occasion.Always }).With("user", requires: "db");
        stage.Executor.Let("db", TimeSpan.FromHours(1), Forever with { OutputBytes = 1 }, "said\na.proj(3,4): error X1: exited with code 143\na.proj(3,4): warning X2: closing\n");

        stage.Play();

        Assert.AreEqual("X1 Message, X2 Warning", string.Join(", ", stage.Diagnostics.Where(one => one.Code[0] == 'X').Select(one => $"{one.Code} {one.Severity}")));
    }

    [TestMethod]
    public void ServiceIsNotReadyInTime_ItIsStoppedAndItsUsersAreSkipped()
    {
        using Stage stage = Database(terms => terms with { Kind = ReadyKind.File, Text = "/nowhere/at/all", ReadyTimeout = TimeSpan.FromSeconds(7) }).With("user", requires: "db");

        stage.Play();

        Assert.AreEqual("TimedOut PEX3002 not ready", $"{stage.Unit("db").Outcome} {stage.Unit("db").Code} {stage.Unit("db").Reason}");
        Assert.AreEqual(7000, stage.Unit("db").DurationMs);
        Assert.AreEqual("Skipped db", $"{stage.Unit("user").Outcome} {stage.Unit("user").CausedBy}");
    }

    [TestMethod]
    public void FileComes_TheServiceIsReady()
    {
        using Stage stage = new();
        string file = Path.Combine(stage.ProjectDirectory, "up");
        stage.With("db", unit => unit with { Service = new ServiceTerms(ReadyKind.File, file, TimeSpan.FromSeconds(60)) }).With("user", requires: "db");
        stage.Executor.Let("db", TimeSpan.FromHours(1), Forever);
        stage.Executor.OnStart = launch => File.WriteAllText(file, "");

        Assert.AreEqual("Succeeded", stage.Play().Outcome);
    }

    [TestMethod]
    public void LineOfOutputMatches_TheServiceIsReadyAndItsTimeoutCountsNoMore()
    {
        using Stage stage = Database(terms => terms with { Kind = ReadyKind.Output, Text = "^listening on [0-9]+$" }, unit => unit with { Timeout = TimeSpan.FromSeconds(3) }).With("user", requires: "db");
        stage.Executor.Let("db", TimeSpan.FromHours(1), Forever, "starting\nlistening on 5432\n");
        stage.Executor.Let("user", TimeSpan.FromSeconds(30), Forever);

        Assert.AreEqual("Succeeded", stage.Play().Outcome);
    }

    [TestMethod]
    public void CommandSucceedsAtTheThirdTry_TheServiceIsReady()
    {
        using Stage stage = Database(terms => terms with { Kind = ReadyKind.Command, Text = "ask" }).With("user", requires: "db");
        int tries = 0;
        stage.Executor.Probe = launch => Forever with { ExitCode = launch.Work is CommandWork { Text: "ask" } && ++tries == 3 ? 0 : 1 };

        Assert.AreEqual("Succeeded", stage.Play().Outcome);
        Assert.AreEqual(3, tries);
    }

    [TestMethod]
    public void ServiceEndsWhileACommandAsks_TheRunWaitsForTheCommandAndNoOtherAsksMeanwhile()
    {
        using Stage stage = Database(terms => terms with { Kind = ReadyKind.Command, Text = "ask" }, unit => unit with { Timing = Timing.Default with { Retries = 1 } }).With("user", requires: "db");
        List<double> asked = [];
        stage.Executor.Let("db", TimeSpan.FromMilliseconds(12), Forever with { ExitCode = 1 });
        stage.Executor.Probe = _ =>
        {
            asked.Add(stage.Time.GetElapsedTime(0).TotalMilliseconds);
            return Forever with { ExitCode = 1 };
        };

        FinishMessage finish = stage.Play();

        Assert.AreEqual("Failed", stage.Unit("db").Outcome);
        CollectionAssert.AreEqual(new[] { 10.0 }, asked, "the second attempt was over before the command of the first had ended");
        Assert.AreEqual(30, finish.DurationMs, 0.1, "the second attempt ends after 24 ms, the command after 30");
    }

    [TestMethod]
    public void ServiceIsReadyAtItsSecondAttempt_ItIsFlaky()
    {
        using Stage stage = Database(Says, Retried).With("user", requires: "db");
        stage.Executor.LetAttempts("db", Forever with { ExitCode = 1 }, Forever with { OutputBytes = 4 });
        stage.Executor.Let("user", TimeSpan.FromMilliseconds(500), Forever);

        FinishMessage finish = stage.Play();

        Assert.AreEqual("Succeeded", finish.Outcome);
        Assert.AreEqual("Flaky PEX4003 stopped", $"{stage.Unit("db").Outcome} {stage.Unit("db").Code} {stage.Unit("db").Reason}");
        Assert.AreEqual("Failed Succeeded", string.Join(' ', stage.Unit("db").Attempts.Select(attempt => attempt.Outcome)));
    }

    [TestMethod]
    public void ServiceIsStoppedBeforeItsSecondAttemptIsReady_ItSucceededAtNothingAndIsNotFlaky()
    {
        using Stage stage = Database(Says, Retried)
            .With("cache", unit => unit with { Service = new ServiceTerms(ReadyKind.File, "/nowhere/at/all", TimeSpan.FromMilliseconds(1500)) })
            .With("user", requires: "db;cache");
        stage.Executor.LetAttempts("db", Forever with { ExitCode = 1 }, Forever);
        stage.Executor.Let("cache", TimeSpan.FromHours(1), Forever);

        stage.Play();

        Assert.AreEqual("TimedOut Skipped", $"{stage.Unit("cache").Outcome} {stage.Unit("user").Outcome}");
        Assert.AreEqual("Succeeded stopped", $"{stage.Unit("db").Outcome} {stage.Unit("db").Reason}");
    }

    [TestMethod]
    public void TimeoutOfAServicePassesBeforeItIsReady_ItTimedOutThoughItsTimeoutIsToPass()
    {
        using Stage stage = Database(Says, unit => unit with { Timeout = TimeSpan.FromSeconds(3), Timing = Timing.Default with { OnTimeout = TimeoutMeaning.Pass } }).With("user", requires: "db");

        stage.Play();

        Assert.AreEqual("TimedOut PEX3002 timeout", $"{stage.Unit("db").Outcome} {stage.Unit("db").Code} {stage.Unit("db").Reason}");
        Assert.AreEqual("Skipped", stage.Unit("user").Outcome);
    }

    [TestMethod]
    [DataRow(1, "Always", "Succeeded")]
    [DataRow(0, "Always", "Succeeded")]
    [DataRow(1, "Failure", "Succeeded")]
    [DataRow(0, "Failure", "NotNeeded")]
    public void FinalizedUnitEnded_TheFinalizerRunsIfItIsMeantTo(int code, string on, string outcome)
    {
        using Stage stage = new Stage().With("make").Finalizing("clean", "make", unit => unit with { FinalizesOn = Enum.Parse<FinalizesOn>(on) });
        stage.Executor.Let("make", code);

        stage.Play();

        Assert.AreEqual(outcome, stage.Unit("clean").Outcome);
        CollectionAssert.AreEqual(new[] { "make" }, stage.Unit("clean").Finalizes.ToArray());
    }

    [TestMethod]
    public void FinalizedUnitNeverStarted_TheFinalizerIsNotNeeded()
    {
        using Stage stage = new Stage().With("bad").With("make", requires: "bad").Finalizing("clean", "make").With("after", requires: "clean");
        stage.Executor.Let("bad", 1);

        stage.Play();

        Assert.AreEqual("NotNeeded", stage.Unit("clean").Outcome);
        Assert.AreEqual("Succeeded", stage.Unit("after").Outcome);
    }

    [TestMethod]
    public void RunTimesOut_FinalizersRunAndTheirServicesStayUpForThem()
    {
        using Stage stage = Database().With("user", requires: "db").Finalizing("drop", "user");
        stage.Executor.Let("user", TimeSpan.FromHours(1), Forever);

        FinishMessage finish = stage.Play(request => request with { Timeout = TimeSpan.FromSeconds(10), FinalizerTimeout = TimeSpan.FromSeconds(60) });

        Assert.AreEqual("TimedOut", finish.Outcome);
        Assert.AreEqual("TimedOut", stage.Unit("user").Outcome);
        Assert.AreEqual("Succeeded", stage.Unit("drop").Outcome);
        AssertOrder(stage, "ready db", "start db", "serviceReady db", "ready user", "start user", "end user", "ready drop", "start drop", "end drop", "end db", "finish");
    }

    [TestMethod]
    [DataRow(FailurePolicy.KeepGoing, true, "TimedOut")]
    [DataRow(FailurePolicy.KeepGoing, false, "Cancelled")]
    [DataRow(FailurePolicy.FailFast, true, "Skipped")]
    public void RunEndsEarly_AServiceThatOnlyAFinalizerRequiresIsStartedForIt(FailurePolicy policy, bool started, string user)
    {
        using Stage stage = Database().With("first").With("user", requires: "first").With("drop", unit => unit with { Finalizes = [started ? "first" : "user"] }, started ? "!first;~user;db" : "!user;db");
        stage.Executor.Let(started ? "user" : "first", TimeSpan.FromHours(1), Forever);
        if (policy == FailurePolicy.FailFast)
        {
            stage.Executor.Let("first", 1);
        }

        stage.Play(request => request with { Timeout = TimeSpan.FromSeconds(10), FinalizerTimeout = TimeSpan.FromSeconds(60), FailurePolicy = policy });

        Assert.AreEqual(started ? "Succeeded Succeeded" : "NotNeeded NotNeeded", $"{stage.Unit("drop").Outcome} {stage.Unit("db").Outcome}");
        Assert.AreEqual(user, stage.Unit("user").Outcome);
    }

    [TestMethod]
    public void FinalizersTakeTooLong_TheyAreEnded()
    {
        using Stage stage = new Stage().With("user").Finalizing("first", "user").Finalizing("second", "user", unit => unit with { Slots = 2 });
        stage.Executor.Let("user", TimeSpan.FromHours(1), Forever);
        stage.Executor.Let("first", TimeSpan.FromHours(1), Forever);

        stage.Play(request => request with { Timeout = TimeSpan.FromSeconds(10), FinalizerTimeout = TimeSpan.FromSeconds(20) });

        Assert.AreEqual("TimedOut", stage.Unit("first").Outcome);
        Assert.AreEqual(20_000, stage.Unit("first").DurationMs);
        Assert.AreEqual("Cancelled", stage.Unit("second").Outcome);
        Assert.Contains("PexenFinalizerTimeout (20s)", string.Join('\n', stage.Diagnostics.Select(one => one.Message)));
    }

    [TestMethod]
    public void RunIsCancelledOnce_FinalizersRun_AndCancelledTwice_TheyAreEnded()
    {
        foreach (bool twice in new[] { false, true })
        {
            using Stage stage = new Stage().With("user").Finalizing("drop", "user");
            stage.Executor.Let("user", TimeSpan.FromHours(1), Forever);
            stage.Executor.OnStart = launch =>
            {
                if (launch.Name == "user" || twice)
                {
                    stage.Dispatcher!.CancelAgain("a test");
                }
            };

            FinishMessage finish = stage.Play();

            Assert.AreEqual("Cancelled", finish.Outcome);
            Assert.AreEqual(twice ? "Cancelled" : "Succeeded", stage.Unit("drop").Outcome);
        }
    }

    [TestMethod]
    public void FirstFailureEndsTheRun_FinalizersStillRun()
    {
        using Stage stage = new Stage().With("bad").With("other", requires: "bad").Finalizing("clean", "bad");
        stage.Executor.Let("bad", 1);

        stage.Play(request => request with { FailurePolicy = FailurePolicy.FailFast });

        Assert.AreEqual("Succeeded", stage.Unit("clean").Outcome);
    }

    [TestMethod]
    public void FinalizerOfACrashedUnit_TakesWhatThatKeepsAndFreesIt()
    {
        using Stage stage = new Stage()
            .With("migrate", unit => unit with { Claims = ["db"] })
            .Finalizing("restore", "migrate", unit => unit with { Claims = ["db"] })
            .With("report", unit => unit with { Uses = [new ResourceUse("db")] }, requires: "restore");
        stage.Executor.Let("migrate", TimeSpan.FromSeconds(1), new AttemptEnd { Unit = 0, Signal = 11 });

        stage.Play();

        Assert.AreEqual("Succeeded", stage.Unit("restore").Outcome);
        Assert.AreEqual("Succeeded", stage.Unit("report").Outcome);
        Assert.IsEmpty(stage.Record.HeldLocks);
        AssertOrder(stage, "ready migrate", "start migrate", "end migrate", "ready restore", "start restore", "end restore", "release migrate", "ready report", "start report", "end report", "finish");
    }

    [TestMethod]
    public void FinalizerFails_TheBuildFails()
    {
        using Stage stage = new Stage().With("make").Finalizing("clean", "make");
        stage.Executor.Let("clean", 1);

        Assert.AreEqual("Failed", stage.Play().Outcome);
    }

    [TestMethod]
    public void UnitsThatServicesHoldApart_OneGivesWayAndTheRunFails()
    {
        using Stage stage = Database(null, unit => unit with { Claims = ["data"] })
            .With("slow", unit => unit with { Claims = ["data"] })
            .With("early", requires: "db")
            .With("late", requires: "db;slow");

        FinishMessage finish = stage.Play(request => request with { MaxParallel = 1 });

        Assert.AreEqual("Failed", finish.Outcome);
        Assert.AreEqual("Skipped PEX1012", $"{stage.Unit("slow").Outcome} {stage.Unit("slow").Code}");
        Assert.Contains("'db'", stage.Diagnostics.Single(one => one.Code == "PEX1012").Message);
        Assert.AreEqual("1 unit was skipped because 'slow' was not started: late.", stage.Diagnostics.Single(one => one.Code == "PEX4001").Message);
        Assert.AreEqual("", string.Join('\n', RecordCheck.Folder(stage.Folder.Path)));
    }

    private static Stage Database(Func<ServiceTerms, ServiceTerms>? terms = null, Func<UnitDefinition, UnitDefinition>? change = null)
    {
        var standard = new ServiceTerms(ReadyKind.Started, "", TimeSpan.FromSeconds(60));
        Stage stage = new Stage().With("db", unit => (change ?? (same => same))(unit with { Service = terms is null ? standard : terms(standard) }));
        stage.Executor.Let("db", TimeSpan.FromHours(1), Forever);
        return stage;
    }

    private static ServiceTerms Says(ServiceTerms terms) => terms with { Kind = ReadyKind.Output, Text = "said" };

    private static UnitDefinition Retried(UnitDefinition unit) => unit with { Timing = Timing.Default with { Retries = 1 } };

    private static void AssertOrder(Stage stage, params string[] expected) => CollectionAssert.AreEqual(expected, stage.EventNames().Skip(1).ToArray());
}

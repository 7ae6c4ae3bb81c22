using Pexen.Execution;
using Pexen.Execution.Protocol;
using Pexen.Model;
using Pexen.Records;

namespace Pexen.Engine.Tests.Dispatching;

/// <summary>Runs that are held for tests: services stay up, finalizers wait (contract 2.8).</summary>
[TestClass]
public sealed class HeldRunTests
{
    private static readonly AttemptEnd Forever = new() { Unit = 0, ExitCode = 0 };

    [TestMethod]
    public void TestsRun_ServicesAreUpAndFinalizersWaitUntilTheyHaveEnded()
    {
        using Stage stage = Database().With("migrate", requires: "db").Finalizing("drop", "migrate");
        List<string> atReady = [];
        stage.Heard = message => LetGo(stage, message, () => atReady.AddRange(stage.EventNames()));

        FinishMessage finish = Play(stage);

        Assert.AreEqual("Succeeded", finish.Outcome);
        Assert.AreEqual("end migrate", atReady[^1]);
        Assert.AreEqual("ready drop,start drop,end drop,end db,finish", string.Join(',', stage.EventNames().SkipWhile(name => name != "end migrate").Skip(1)));
        Assert.AreEqual("Succeeded stopped", $"{stage.Unit("db").Outcome} {stage.Unit("db").Reason}");
    }

    [TestMethod]
    public void NoUnitNeedsTheService_ItStartsForTheTests()
    {
        using Stage stage = Database();
        stage.Heard = message => LetGo(stage, message);

        Assert.AreEqual("Succeeded", Play(stage).Outcome);
        Assert.AreEqual("Succeeded stopped", $"{stage.Unit("db").Outcome} {stage.Unit("db").Reason}");
    }

    [TestMethod]
    public void TestsMayBegin_WhatIsKnownIsThereAndGoneAtTheEnd()
    {
        using Stage stage = Database().With("migrate", requires: "db").Finalizing("drop", "migrate");
        RunRecord? known = null, ofBuild = null;
        stage.Heard = message => LetGo(stage, message, () => (known, ofBuild) = (stage.Folder.ReadyInBuild("build"), stage.Folder.ReadyInBuild("another")));

        Play(stage);

        Assert.AreEqual("db Succeeded up, migrate Succeeded ", string.Join(", ", known!.Units.Select(unit => $"{unit.Name} {unit.Outcome} {unit.Reason}")));
        Assert.IsNull(ofBuild);
        Assert.IsFalse(File.Exists(stage.Folder.Ready));
    }

    [TestMethod]
    [DataRow("ErrorAndStop", false, "Failed")]
    [DataRow("ErrorAndContinue", true, "Succeeded")]
    public void UnitFailed_TestsMayBeginIfTheBuildGoesOn(string tolerance, bool ready, string outcome)
    {
        using Stage stage = Database().With("migrate", unit => unit with { ContinueOnError = Enum.Parse<FailureTolerance>(tolerance) }, "db");
        stage.Executor.Let("migrate", 1);
        stage.Heard = message => LetGo(stage, message);

        FinishMessage finish = Play(stage);

        Assert.AreEqual(ready, stage.Messages.OfType<ReadyMessage>().Any());
        Assert.AreEqual(outcome, finish.Outcome);
        Assert.AreEqual("Succeeded stopped", $"{stage.Unit("db").Outcome} {stage.Unit("db").Reason}");
    }

    [TestMethod]
    public void RunHasATimeout_TestsDoNotCountForIt()
    {
        using Stage stage = Database();
        stage.Executor.Let("db", TimeSpan.FromHours(2), Forever);
        stage.With("cache", unit => unit with { Service = new ServiceTerms(ReadyKind.Started, "", TimeSpan.FromSeconds(60)) });
        stage.Executor.Let("cache", TimeSpan.FromHours(1), Forever);
        stage.Heard = message =>
        {
            // An hour later the other service dies, and then the tests end.
            if (message is DiagnosticMessage)
            {
                stage.Dispatcher!.LetGo();
            }
        };

        FinishMessage finish = Play(stage, TimeSpan.FromMinutes(1));

        Assert.AreEqual("Failed", finish.Outcome);
        Assert.AreEqual("Failed PEX3001", $"{stage.Unit("cache").Outcome} {stage.Unit("cache").Code}");
        Assert.AreEqual("Succeeded stopped", $"{stage.Unit("db").Outcome} {stage.Unit("db").Reason}");
    }

    [TestMethod]
    public void UnitTakesLongerThanTheRunMay_TheRunTimesOutBeforeAnyTest()
    {
        using Stage stage = Database().With("migrate", requires: "db");
        stage.Executor.Let("migrate", TimeSpan.FromMinutes(5), Forever);

        FinishMessage finish = Play(stage, TimeSpan.FromMinutes(1));

        Assert.AreEqual("TimedOut", finish.Outcome);
        Assert.IsFalse(stage.Messages.OfType<ReadyMessage>().Any());
        Assert.AreEqual("Succeeded stopped", $"{stage.Unit("db").Outcome} {stage.Unit("db").Reason}");
    }

    [TestMethod]
    public void RunIsCancelledDuringTests_ServicesAreStoppedAndFinalizersRun()
    {
        using Stage stage = Database().With("migrate", requires: "db").Finalizing("drop", "migrate");
        stage.Heard = message =>
        {
            if (message is ReadyMessage)
            {
                stage.Dispatcher!.Cancel("a test");
            }
        };

        Assert.AreEqual("Cancelled", Play(stage).Outcome);
        Assert.AreEqual("Succeeded", stage.Unit("drop").Outcome);
        Assert.AreEqual("Succeeded stopped", $"{stage.Unit("db").Outcome} {stage.Unit("db").Reason}");
    }

    [TestMethod]
    public void UnitWantsWhatAServiceHoldsForTheTests_ItGivesWayByItsCode()
    {
        using Stage stage = Database(unit => unit with { Claims = ["data"] }).With("import", unit => unit with { Claims = ["data"] }, "~late").With("late");
        stage.Executor.Let("late", TimeSpan.FromSeconds(5), Forever);

        FinishMessage finish = Play(stage);

        Assert.AreEqual("Failed", finish.Outcome);
        Assert.AreEqual("Skipped PEX1012", $"{stage.Unit("import").Outcome} {stage.Unit("import").Code}");
    }

    [TestMethod]
    public void SupervisorIsLostDuringTests_RecoveryForgetsWhatWasKnown()
    {
        using Stage stage = Database();
        string kept = "";
        stage.Heard = message => LetGo(stage, message, () => kept = File.ReadAllText(stage.Folder.Running));
        Play(stage);
        File.WriteAllText(stage.Folder.Running, kept);
        File.Move(stage.Folder.Record, stage.Folder.Ready);

        RecoveredRun? recovered = Recovery.Recover(stage.Folder, _ => []);

        Assert.IsNotNull(recovered);
        Assert.IsFalse(File.Exists(stage.Folder.Ready));
        Assert.IsNull(stage.Folder.ReadyInBuild("build"));
    }

    private static FinishMessage Play(Stage stage, TimeSpan? timeout = null) => stage.Play(request => request with { Held = true, Timeout = timeout });

    private static void LetGo(Stage stage, HostMessage message, Action? before = null)
    {
        if (message is ReadyMessage)
        {
            before?.Invoke();
            stage.Dispatcher!.LetGo();
        }
    }

    private static Stage Database(Func<UnitDefinition, UnitDefinition>? change = null)
    {
        Stage stage = new Stage().With("db", unit => (change ?? (one => one))(unit with { Service = new ServiceTerms(ReadyKind.Started, "", TimeSpan.FromSeconds(60)) }));
        stage.Executor.Let("db", TimeSpan.FromHours(3), Forever);
        return stage;
    }
}

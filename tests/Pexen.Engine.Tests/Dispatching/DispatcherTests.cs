using Pexen.Execution;
using Pexen.Execution.Protocol;
using Pexen.Model;
using Pexen.Records;

namespace Pexen.Engine.Tests.Dispatching;

[TestClass]
public sealed class DispatcherTests
{
    [TestMethod]
    public void EverythingSucceeds_RecordAndEventsSaySo()
    {
        using Stage stage = new Stage().With("a", unit => unit with { Claims = ["db"] }).With("b", requires: "a");

        FinishMessage finish = stage.Play();

        Assert.AreEqual("Succeeded", finish.Outcome);
        Assert.AreEqual(new OutcomeCounts(2, 2, 0, 0, 0, 0), finish.Counts);
        CollectionAssert.AreEqual(
            new[] { "run", "ready a", "start a", "end a", "ready b", "start b", "end b", "finish" },
            stage.EventNames().ToArray());
        Assert.AreEqual("Succeeded", stage.Record.Outcome);
        Assert.AreEqual(1000.0, stage.Unit("b").DurationMs);
        Assert.AreEqual("a", stage.Unit("b").DependsOn.Single().Unit);
        Assert.AreEqual(0, stage.Unit("a").ExitCode);
        Assert.IsFalse(File.Exists(stage.Folder.Running));
        Assert.IsNull(finish.Rerun);
    }

    [TestMethod]
    public void UnitFails_DependentsAreSkippedWithTheRootAsCause()
    {
        using Stage stage = new Stage().With("a").With("b", requires: "a").With("c", requires: "b").With("d");
        stage.Executor.Let("a", 3);

        FinishMessage finish = stage.Play();

        Assert.AreEqual("Failed", finish.Outcome);
        Assert.AreEqual("PEX3001", stage.Unit("a").Code);
        Assert.AreEqual("exit code 3", stage.Unit("a").Reason);
        Assert.AreEqual("a", stage.Unit("c").CausedBy);
        Assert.AreEqual("Skipped", stage.Unit("c").Outcome);
        Assert.AreEqual("Succeeded", stage.Unit("d").Outcome);
        Diagnostic skipped = stage.Diagnostics.Single(one => one.Code == "PEX4001");
        StringAssert.Contains(skipped.Message, "b, c", StringComparison.Ordinal);
        StringAssert.Contains(finish.Rerun, "-t:PexenRun -p:PexenPhase=AfterBuild -p:PexenUnits=a", StringComparison.Ordinal);
    }

    [TestMethod]
    public void UnitHasALogLimitOfItsOwn_ItHolds()
    {
        using Stage stage = new Stage().With("a", unit => unit with { LogLimit = 5_000 }).With("b");

        stage.Play(request => request with { LogLimit = 7_000 });

        Assert.AreEqual("a 5000, b 7000", string.Join(", ", stage.Executor.Started.Select(launch => $"{launch.Name} {launch.LogLimit}")));
    }

    [TestMethod]
    public void OneUnitIsSkipped_ItsPlaceIsInTheRecord()
    {
        using Stage stage = new Stage().With("a");
        stage.With("b", unit => unit with { Source = new SourceLocation(Path.Combine(stage.ProjectDirectory, "app.csproj"), 7) }, requires: "a");
        stage.Executor.Let("a", 3);

        stage.Play();

        DiagnosticRecord skipped = stage.Record.Diagnostics.Single(one => one.Code == "PEX4001");
        Assert.EndsWith("app.csproj", skipped.File!);
        Assert.AreEqual(7, skipped.Line);
    }

    [TestMethod]
    public void UnitCrashes_WhatItHeldStaysHeldAndWhoNeedsItIsSkipped()
    {
        using Stage stage = new Stage().With("a", unit => unit with { Claims = ["db"] }).With("b", unit => unit with { Claims = ["db"] });
        stage.Executor.Let("a", TimeSpan.FromSeconds(1), new AttemptEnd { Unit = 0, Signal = 11 });

        stage.Play();

        Assert.AreEqual("PEX3008", stage.Unit("a").Code);
        Assert.AreEqual(11, stage.Unit("a").Signal);
        Assert.AreEqual("Skipped", stage.Unit("b").Outcome);
        Assert.AreEqual("db", stage.Unit("b").CausedBy);
        Assert.AreEqual(new HeldLockRecord("db", "a", null), stage.Record.HeldLocks.Single());
        Diagnostic held = stage.Diagnostics.Single(one => one.Code == "PEX4002");
        Assert.StartsWith("Unit 'a' failed (signal 11) and held 'db' until the end of the run, for its OnCrash is None", held.Message);
    }

    [TestMethod]
    [DataRow(9, "failed (exit code 9)", "OnFailure is Provide", "set OnFailure=\"ReleaseLocks;Provide\"")]
    [DataRow(3, "failed (exit code 3, one of its ControlledExitCodes)", "OnControlledFailure is None", "set OnControlledFailure=\"ReleaseLocks\"")]
    public void UnitFailsByItsOwnWordAndKeepsWhatItHeld_WarningNamesTheMetadataThatSaysSo(int code, string ended, string cause, string advice)
    {
        using Stage stage = new Stage().With("a", unit => unit with
        {
            Claims = ["db", "net"],
            ControlledExitCodes = new ExitCodes([new ExitCodeRange(3, 3)]),
            OnFailure = Aftermath.Provide,
            OnControlledFailure = Aftermath.None,
        });
        stage.Executor.Let("a", code);

        stage.Play();

        Diagnostic held = stage.Diagnostics.Single(one => one.Code == "PEX4002");
        foreach (string text in new[] { ended, cause, advice, "'db', 'net'", "they are in" })
        {
            Assert.Contains(text, held.Message);
        }
    }

    [TestMethod]
    public void CrashedUnitReleasesItsLocks_WhenItSaysSo()
    {
        using Stage stage = new Stage()
            .With("a", unit => unit with { Claims = ["db"], OnCrash = Aftermath.ReleaseLocks })
            .With("b", unit => unit with { Claims = ["db"] });
        stage.Executor.Let("a", TimeSpan.FromSeconds(1), new AttemptEnd { Unit = 0, Signal = 11 });

        stage.Play();

        Assert.AreEqual("Succeeded", stage.Unit("b").Outcome);
        Assert.IsTrue(stage.Record.HeldLocks.IsEmpty);
    }

    [TestMethod]
    public void ControlledFailure_ProvidesAndTheBuildFails()
    {
        using Stage stage = new Stage().With("a", unit => unit with { ControlledExitCodes = Codes(9) }).With("b", requires: "a");
        stage.Executor.Let("a", 9);

        Assert.AreEqual("Failed", stage.Play().Outcome);
        Assert.AreEqual("ControlledFailure", stage.Unit("a").Outcome);
        Assert.AreEqual("Succeeded", stage.Unit("b").Outcome);
    }

    [TestMethod]
    public void SkipExitCode_IsNotApplicableAndTheBuildSucceeds()
    {
        using Stage stage = new Stage().With("a", unit => unit with { SkipExitCodes = Codes(77) }).With("b", requires: "a");
        stage.Executor.Let("a", 77);

        Assert.AreEqual("Succeeded", stage.Play().Outcome);
        Assert.AreEqual("notApplicable", stage.Unit("a").Reason);
        Assert.IsNull(stage.Unit("a").CausedBy);
        Assert.AreEqual("Skipped", stage.Unit("b").Outcome);
        Assert.IsFalse(stage.Diagnostics.Any(one => one.Severity != Severity.Message));
    }

    [TestMethod]
    public void TimeoutPasses_UnitIsStoppedWithItsGraceAndTimedOut()
    {
        using Stage stage = new Stage().With("a", unit => unit with { Timeout = TimeSpan.FromSeconds(5), GracePeriod = TimeSpan.FromSeconds(2) });
        stage.Executor.Let("a", TimeSpan.FromHours(1), new AttemptEnd { Unit = 0, ExitCode = 0 });

        Assert.AreEqual("Failed", stage.Play().Outcome);
        Assert.AreEqual(("a", TimeSpan.FromSeconds(2)), stage.Executor.Stopped.Single());
        Assert.AreEqual("TimedOut", stage.Unit("a").Outcome);
        Assert.AreEqual("PEX3002", stage.Unit("a").Code);
        Assert.AreEqual(5000.0, stage.Unit("a").DurationMs);
    }

    [TestMethod]
    public void TimeOfTheRunPasses_RunningUnitsTimeOutAndWaitingOnesAreCancelled()
    {
        using Stage stage = new Stage().With("a").With("b", requires: "a");
        stage.Executor.Let("a", TimeSpan.FromHours(1), new AttemptEnd { Unit = 0, ExitCode = 0 });

        FinishMessage finish = stage.Play(request => request with { Timeout = TimeSpan.FromMinutes(1) });

        Assert.AreEqual("TimedOut", finish.Outcome);
        Assert.AreEqual("TimedOut", stage.Unit("a").Outcome);
        Assert.AreEqual("PEX3005", stage.Unit("a").Code);
        Assert.AreEqual("Cancelled", stage.Unit("b").Outcome);
        Assert.AreEqual(1, stage.Diagnostics.Count(one => one.Code == "PEX3005"));
    }

    [TestMethod]
    public void RunIsCancelled_RunningUnitsAreStoppedPolitelyAndWaitingOnesNeverStart()
    {
        using Stage stage = new Stage().With("a").With("b", requires: "a");
        stage.Executor.Let("a", TimeSpan.FromHours(1), new AttemptEnd { Unit = 0, ExitCode = 0 });
        stage.Executor.OnStart = _ => stage.Dispatcher!.Cancel("signal SIGTERM");

        Assert.AreEqual("Cancelled", stage.Play().Outcome);
        Assert.AreEqual("Cancelled", stage.Unit("a").Outcome);
        Assert.AreEqual("Cancelled", stage.Unit("b").Outcome);
        Assert.AreEqual("PEX3009", stage.Unit("b").Code);
        Assert.AreEqual(TimeSpan.FromSeconds(5), stage.Executor.Stopped.Single().Grace);
        CollectionAssert.AreEqual(
            new[] { "run", "ready a", "start a", "cancel b", "end a", "finish" },
            stage.EventNames().ToArray());
    }

    [TestMethod]
    public void FailFast_RunningUnitsFinishAndWaitingOnesAreSkipped()
    {
        using Stage stage = new Stage().With("a").With("b").With("c");
        stage.Executor.Let("a", 1);
        stage.Executor.Let("b", TimeSpan.FromSeconds(3), new AttemptEnd { Unit = 0, ExitCode = 0 });

        stage.Play(request => request with { FailurePolicy = FailurePolicy.FailFast });

        Assert.AreEqual("Succeeded", stage.Unit("b").Outcome);
        Assert.AreEqual("Skipped", stage.Unit("c").Outcome);
        Assert.AreEqual("failFast", stage.Unit("c").Reason);
    }

    [TestMethod]
    public void FailureIsTolerated_WarningAndTheRunSucceeds()
    {
        using Stage stage = new Stage().With("a", unit => unit with { ContinueOnError = FailureTolerance.WarnAndContinue }).With("b", requires: "a");
        stage.Executor.Let("a", 1);

        Assert.AreEqual("Succeeded", stage.Play().Outcome);
        Assert.AreEqual("Failed", stage.Unit("a").Outcome);
        Assert.AreEqual(Severity.Warning, stage.Diagnostics.Single(one => one.Code == "PEX3001").Severity);
        Assert.AreEqual("Skipped", stage.Unit("b").Outcome);
    }

    [TestMethod]
    public void UnitCannotBeStarted_FailsByName()
    {
        using Stage stage = new Stage().With("a");
        stage.Executor.Let("a", TimeSpan.Zero, new AttemptEnd { Unit = 0, StartFailure = "there is no program 'x'" });

        stage.Play();

        Assert.AreEqual("PEX3003", stage.Unit("a").Code);
        StringAssert.Contains(stage.Diagnostics.Single().Message, "there is no program 'x'.", StringComparison.Ordinal);
    }

    [TestMethod]
    public void MilestonesOnly_NoProcessAndNoAttempt()
    {
        using Stage stage = new Stage().With("a", unit => unit with { Work = new MilestoneWork() }).With("b", unit => unit with { Work = new MilestoneWork() }, "a");

        Assert.AreEqual("Succeeded", stage.Play().Outcome);
        Assert.AreEqual(0, stage.Executor.Started.Count);
        Assert.IsTrue(stage.Unit("b").Attempts.IsEmpty);
        Assert.AreEqual(1, stage.Unit("b").Slot);
    }

    [TestMethod]
    public void DeclaredOutputIsMissing_FailsWithItsName()
    {
        using Stage stage = new Stage().With("a", unit => unit with { Outputs = ["gen/a.cs", "made.txt"] });
        File.WriteAllText(Path.Combine(stage.ProjectDirectory, "made.txt"), "x");

        stage.Play();

        Assert.AreEqual("PEX3006", stage.Unit("a").Code);
        StringAssert.Contains(stage.Diagnostics.Single().Message, "gen/a.cs", StringComparison.Ordinal);
        Assert.IsFalse(stage.Diagnostics.Single().Message.Contains("made.txt", StringComparison.Ordinal));
    }

    [TestMethod]
    public void DeclaredOutputsAreThere_RecordedWithSizeAndDigest()
    {
        using Stage stage = new Stage().With("a", unit => unit with { Outputs = ["out/", "*.txt", "deep/**/x?.cs"] });
        stage.Executor.OnStart = _ =>
        {
            Directory.CreateDirectory(Path.Combine(stage.ProjectDirectory, "out"));
            Directory.CreateDirectory(Path.Combine(stage.ProjectDirectory, "deep", "er"));
            File.WriteAllText(Path.Combine(stage.ProjectDirectory, "out", "b"), "abc");
            File.WriteAllText(Path.Combine(stage.ProjectDirectory, "a.txt"), "");
            File.WriteAllText(Path.Combine(stage.ProjectDirectory, "deep", "er", "x1.cs"), "1");
        };

        stage.Play();

        OutputRecord[] outputs = [.. stage.Unit("a").Outputs];
        CollectionAssert.AreEqual(new[] { "a.txt", "deep/er/x1.cs", "out/b" }, outputs.Select(output => output.Path).ToArray());
        Assert.AreEqual("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", outputs[2].Digest);
        Assert.AreEqual(3, outputs[2].Size);
    }

    [TestMethod]
    public void FailedUnitWroteCompilerErrors_TheyBecomeDiagnosticsOfTheirOwn()
    {
        using Stage stage = new Stage().With("a", unit => unit with { FailureHint = "install Node 20 or later" });
        stage.Executor.Let("a", TimeSpan.FromSeconds(1), new AttemptEnd { Unit = 0, ExitCode = 1 }, "hello\nsrc/x.ts(3,14): error TS2304: Cannot find name 'y'.\n");

        stage.Play();

        Diagnostic found = stage.Diagnostics.Single(one => one.Code == "TS2304");
        Assert.AreEqual(Path.Combine(stage.ProjectDirectory, "src/x.ts"), found.Location!.File);
        Assert.AreEqual((3, 14), (found.Location.Line, found.Location.Column));
        OutputMessage output = stage.Messages.OfType<OutputMessage>().Single();
        Assert.AreEqual(40, output.LastLines);
        Assert.AreEqual("logs/a.log", stage.Unit("a").Log);
        StringAssert.Contains(stage.Diagnostics.First().Message, "Hint: install Node 20 or later", StringComparison.Ordinal);
    }

    [TestMethod]
    public void SecondRun_FormerOneMovesToHistory()
    {
        using Stage stage = new Stage().With("a");
        stage.Executor.Let("a", TimeSpan.FromSeconds(1), new AttemptEnd { Unit = 0, ExitCode = 0 }, "first");
        stage.Play();
        using var second = new ScriptedExecutor(stage.Time);

        RunRequest request = stage.Request() with { RunId = "20261121T101501Z-0000" };
        new Pexen.Execution.Dispatching.Dispatcher(request, second, stage.Time, _ => { }, (_, _, _, _) => []).Run();

        Assert.AreEqual("20261121T101501Z-0000", stage.Record.RunId);
        string former = Path.Combine(stage.Folder.History, "20261121T101500Z-3f2a");
        Assert.AreEqual("20261121T101500Z-3f2a", RunRecordReader.TryRead(Path.Combine(former, "run.json"))!.RunId);
        Assert.AreEqual("first", File.ReadAllText(Path.Combine(former, "logs", "a.log")));
        Assert.IsTrue(File.Exists(Path.Combine(former, "events.jsonl")));
    }

    [TestMethod]
    public void RunFolderCannotBeMade_SaysSoAndFails()
    {
        using Stage stage = new Stage().With("a");
        File.WriteAllText(stage.Folder.Path, "in the way");

        Assert.AreEqual("Failed", stage.Play().Outcome);
        Assert.AreEqual("PEX3011", stage.Diagnostics.Single().Code);
        Assert.AreEqual(0, stage.Executor.Started.Count);
    }

    [TestMethod]
    public void AnotherRunHoldsAResource_UnitStartsOnceItIsGivenBack()
    {
        using Stage stage = new Stage().With("a", unit => unit with { Claims = ["db"] }).With("b");
        var others = new BusyElsewhere(refusals: 20);

        Assert.AreEqual("Succeeded", stage.Play(sharedHolds: others).Outcome);
        Assert.AreEqual(0, others.Refusals);
        CollectionAssert.AreEqual(new[] { "b", "a" }, stage.Executor.Started.Select(launch => launch.Name).ToArray());
        Assert.IsTrue(stage.Unit("a").LockWaitMs >= 1000);
        Assert.AreEqual(1, stage.EventNames().Count(name => name == "ready a"));
        CollectionAssert.AreEqual(new[] { "a" }, others.Released);
    }

    [TestMethod]
    public void AnotherRunHoldsAResourceForEver_TimeOfTheRunEndsTheWait()
    {
        using Stage stage = new Stage().With("a", unit => unit with { Claims = ["db"] }).With("b", requires: "a");

        Assert.AreEqual("TimedOut", stage.Play(request => request with { Timeout = TimeSpan.FromSeconds(5) }, new BusyElsewhere(int.MaxValue)).Outcome);
        Assert.AreEqual("Cancelled", stage.Unit("a").Outcome);
        Assert.AreEqual("Cancelled", stage.Unit("b").Outcome);
    }

    [TestMethod]
    public void AnotherRunHoldsAResourceWhenTheFailureComes_WaitingUnitIsSkipped()
    {
        using Stage stage = new Stage().With("a", unit => unit with { Claims = ["db"] }).With("b");
        stage.Executor.Let("b", 1);

        stage.Play(request => request with { FailurePolicy = FailurePolicy.FailFast }, new BusyElsewhere(int.MaxValue));

        Assert.AreEqual("failFast", stage.Unit("a").Reason);
    }

    private static ExitCodes Codes(int code) => new([new ExitCodeRange(code, code)]);
}

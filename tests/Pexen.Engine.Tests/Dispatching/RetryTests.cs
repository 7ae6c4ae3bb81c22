using System.Text.Json;
using Pexen.Execution;
using Pexen.Execution.Protocol;
using Pexen.Model;
using Pexen.Records;

namespace Pexen.Engine.Tests.Dispatching;

/// <summary>Attempts, and what lies between them (rules 16, 18, 19, 21).</summary>
[TestClass]
public sealed class RetryTests
{
    private static readonly AttemptEnd Good = new() { Unit = 0, ExitCode = 0 };
    private static readonly AttemptEnd Bad = new() { Unit = 0, ExitCode = 1, OutputBytes = 4 };
    private static readonly AttemptEnd Crash = new() { Unit = 0, Signal = 11 };

    [TestMethod]
    public void AUnitSucceedsAtItsThirdAttempt_ItIsFlakyAndTheRecordHasAllThree()
    {
        using Stage stage = new Stage().With("a", unit => Retried(unit, 3)).With("b", requires: "a");
        stage.Executor.LetAttempts("a", Bad, Crash, Good);

        FinishMessage finish = stage.Play();

        UnitRecord unit = stage.Unit("a");
        Assert.AreEqual("Succeeded", finish.Outcome);
        Assert.AreEqual("Flaky", unit.Outcome);
        Assert.AreEqual("PEX4003", unit.Code);
        Assert.AreEqual("Failed Failed Succeeded", string.Join(' ', unit.Attempts.Select(attempt => attempt.Outcome)));
        CollectionAssert.AreEqual(new string?[] { "logs/a.log", null, null }, unit.Attempts.Select(attempt => attempt.Log).ToArray());
        Assert.AreEqual(0, unit.ExitCode);
        Assert.AreEqual("Succeeded", stage.Unit("b").Outcome);
        Assert.AreEqual(3000, unit.DurationMs);
        Diagnostic flaky = stage.Diagnostics.Single(one => one.Code == "PEX4003");
        Assert.AreEqual(Severity.Warning, flaky.Severity);
        Assert.Contains("attempt 3", flaky.Message);
        Assert.Contains("signal 11", flaky.Message);
    }

    [TestMethod]
    public void AttemptsFail_OnlyTheLastIsAnError()
    {
        using Stage stage = new Stage().With("a", unit => Retried(unit, 2));
        stage.Executor.LetAttempts("a", Bad);

        stage.Play();

        Diagnostic[] failures = [.. stage.Diagnostics.Where(one => one.Code == "PEX3001")];
        CollectionAssert.AreEqual(new[] { Severity.Message, Severity.Message, Severity.Error }, failures.Select(one => one.Severity).ToArray());
        Assert.Contains("attempt 1 of 3", failures[0].Message);
        Assert.AreEqual("Failed", stage.Unit("a").Outcome);
        Assert.AreEqual("logs/a@3.log", stage.Unit("a").Log);
        Assert.HasCount(1, stage.Messages.OfType<OutputMessage>().ToArray());
    }

    [TestMethod]
    public void DelaysGrow_EachAttemptStartsAfterItsDelay()
    {
        using Stage stage = new Stage().With("a", unit => Retried(unit, 3, timing => timing with { RetryDelay = TimeSpan.FromSeconds(10), RetryBackoff = 3 }));
        stage.Executor.LetAttempts("a", Bad);

        stage.Play();

        CollectionAssert.AreEqual(new double[] { 0, 11, 42, 133 }, Starts(stage, "a"));
    }

    [TestMethod]
    public void ADelayGrowsBeyondFiveMinutes_ItIsFiveMinutes()
    {
        Timing timing = new() { RetryDelay = TimeSpan.FromMinutes(1), RetryBackoff = 1e9 };

        Assert.AreEqual(TimeSpan.FromMinutes(1), Pexen.Execution.Dispatching.RetryPolicy.Delay(timing, 1));
        Assert.AreEqual(TimeSpan.FromMinutes(5), Pexen.Execution.Dispatching.RetryPolicy.Delay(timing, 2));
        Assert.AreEqual(TimeSpan.FromMinutes(5), Pexen.Execution.Dispatching.RetryPolicy.Delay(timing, 1001));
    }

    [TestMethod]
    public void AUnitRests_OthersHaveItsSlotAndItsLocks()
    {
        using Stage stage = new Stage()
            .With("a", unit => Retried(unit, 1, timing => timing with { RetryDelay = TimeSpan.FromSeconds(30) }) with { Claims = ["db"] })
            .With("b", unit => unit with { Claims = ["db"] });
        stage.Executor.LetAttempts("a", Bad, Good);

        stage.Play(request => request with { MaxParallel = 1 });

        CollectionAssert.AreEqual(new double[] { 1 }, Starts(stage, "b"));
        CollectionAssert.AreEqual(new double[] { 0, 31 }, Starts(stage, "a"));
        JsonElement end = stage.Events().First(one => one.GetProperty("event").GetString() == "end");
        Assert.AreEqual("db", end.GetProperty("released")[0].GetString());
        Assert.AreEqual(30_000, stage.Events().Single(one => one.GetProperty("event").GetString() == "rest").GetProperty("delayMs").GetDouble());
    }

    [TestMethod]
    public void AUnitCrashed_NobodyHasItsLocksBeforeItsLastAttempt()
    {
        using Stage stage = new Stage()
            .With("a", unit => Retried(unit, 1, timing => timing with { RetryDelay = TimeSpan.FromSeconds(30) }) with { Claims = ["db"] })
            .With("b", unit => unit with { Claims = ["db"] })
            .With("c");
        stage.Executor.LetAttempts("a", Crash, Good);

        stage.Play(request => request with { MaxParallel = 1 });

        CollectionAssert.AreEqual(new double[] { 1 }, Starts(stage, "c"));
        CollectionAssert.AreEqual(new double[] { 32 }, Starts(stage, "b"));
        JsonElement end = stage.Events().First(one => one.GetProperty("event").GetString() == "end");
        Assert.AreEqual("db", end.GetProperty("held")[0].GetString());
        Assert.HasCount(2, stage.Events().Where(one => one.GetProperty("event").GetString() == "start" && one.GetProperty("holds").GetArrayLength() == 1 && one.GetProperty("unit").GetString() == "a").ToArray());
    }

    [TestMethod]
    [DataRow(Aftermath.None, true)]
    [DataRow(Aftermath.ReleaseLocks, false)]
    public void TheRunEndsWhileACrashedUnitRests_ItsLocksFollowOnCrash(Aftermath onCrash, bool held)
    {
        using Stage stage = new Stage()
            .With("a", unit => Retried(unit, 1, timing => timing with { RetryDelay = TimeSpan.FromSeconds(30) }) with { Claims = ["db"], OnCrash = onCrash })
            .With("b");
        stage.Executor.LetAttempts("a", Crash);
        stage.Executor.Let("b", TimeSpan.FromSeconds(10), Good);

        stage.Play(request => request with { Timeout = TimeSpan.FromSeconds(5) });

        UnitRecord unit = stage.Unit("a");
        Assert.AreEqual("Cancelled", unit.Outcome);
        Assert.HasCount(1, unit.Attempts);
        Assert.AreEqual(11, unit.Signal);
        Assert.AreEqual(held, stage.Record.HeldLocks.Any(one => one.Unit == "a"));
        Assert.AreEqual(!held, stage.EventNames().Contains("release a"));
    }

    [TestMethod]
    public void FailFastWhileAUnitRests_ItIsSkippedAndItsAttemptStaysInTheRecord()
    {
        using Stage stage = new Stage()
            .With("a", unit => Retried(unit, 1, timing => timing with { RetryDelay = TimeSpan.FromSeconds(30) }))
            .With("b");
        stage.Executor.LetAttempts("a", Bad);
        stage.Executor.Let("b", TimeSpan.FromSeconds(2), Bad);

        stage.Play(request => request with { FailurePolicy = FailurePolicy.FailFast });

        UnitRecord unit = stage.Unit("a");
        Assert.AreEqual("Skipped", unit.Outcome);
        Assert.AreEqual("failFast", unit.Reason);
        Assert.HasCount(1, unit.Attempts);
    }

    [TestMethod]
    public void AnAttemptFailsWhenNothingStartsAnyMore_ItWasTheLast()
    {
        using Stage stage = new Stage().With("a").With("b", unit => Retried(unit, 5));
        stage.Executor.Let("a", 1);
        stage.Executor.Let("b", TimeSpan.FromSeconds(3), Bad);

        stage.Play(request => request with { FailurePolicy = FailurePolicy.FailFast });

        Assert.AreEqual("Failed", stage.Unit("b").Outcome);
        Assert.HasCount(1, stage.Unit("b").Attempts);
    }

    [TestMethod]
    [DataRow("exit code 75", "None", 2)]
    [DataRow("exit code 1", "None", 1)]
    [DataRow("exit code 1", "Failure", 2)]
    [DataRow("exit code 1", "Crash", 1)]
    [DataRow("signal", "Crash", 2)]
    [DataRow("signal", "Failure", 1)]
    [DataRow("not started", "NotStarted", 2)]
    [DataRow("not started", "Failure, Crash, Timeout", 1)]
    public void RetryOnNamesCauses_OnlyThoseAreTriedAgain(string ends, string words, int attempts)
    {
        RetryCauses causes = Enum.Parse<RetryCauses>(words);
        using Stage stage = new Stage().With("a", unit => Retried(unit, 1, timing => timing with { RetryOn = causes, RetryOnExitCodes = new ExitCodes([new ExitCodeRange(75, 78)]) }));
        stage.Executor.LetAttempts("a", ends switch
        {
            "signal" => Crash,
            "not started" => new AttemptEnd { Unit = 0, StartFailure = "there is no such program" },
            _ => new AttemptEnd { Unit = 0, ExitCode = int.Parse(ends.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture) },
        });

        stage.Play();

        Assert.HasCount(attempts, stage.Unit("a").Attempts);
    }

    [TestMethod]
    public void AnAttemptFailsThoughFailureProvides_DependentsWaitForTheLast()
    {
        using Stage stage = new Stage()
            .With("a", unit => Retried(unit, 1) with { OnFailure = Aftermath.Provide | Aftermath.ReleaseLocks })
            .With("b", requires: "a");
        stage.Executor.LetAttempts("a", Bad);

        stage.Play();

        CollectionAssert.AreEqual(new double[] { 2 }, Starts(stage, "b"));
    }

    [TestMethod]
    public void ValuesOfSeveralAttempts_ThoseOfTheLastCount()
    {
        using Stage stage = new Stage().With("a", unit => Retried(unit, 1)).With("b", requires: "a");
        stage.Executor.LetAttempts("a", Bad, Good);
        int attempt = 0;
        stage.Executor.OnStart = launch =>
        {
            if (launch.Name == "a")
            {
                string file = launch.Environment.Single(one => one.Key == "PEXEN_OUTPUT").Value;
                Assert.IsFalse(File.Exists(file), "side files are fresh");
                File.WriteAllText(file, attempt++ == 0 ? "one=1\nfirst=yes\n" : "one=2\n");
            }
        };

        stage.Play();

        Assert.AreEqual("one=2", string.Join(' ', stage.Unit("a").Shared.Select(one => $"{one.Key}={one.Value}")));
    }

    [TestMethod]
    public void ARunIsLostWhileAUnitRests_TheRecoveredRecordHasItsAttemptsAndSaysCancelled()
    {
        using Stage stage = new Stage().With("a", unit => Retried(unit, 5, timing => timing with { RetryDelay = TimeSpan.FromSeconds(30) }));
        stage.Executor.LetAttempts("a", Bad);
        stage.Play(request => request with { Timeout = TimeSpan.FromSeconds(40) });
        RunRecord planned = stage.Record with { Units = [stage.Unit("a") with { Outcome = "Cancelled", Code = "PEX3009", Attempts = [], Log = "logs/a.log", StartedAt = null }] };

        RunRecord recovered = Recovery.Complete(planned, stage.Events().Take(9), stage.Folder);

        UnitRecord unit = recovered.Units.Single();
        Assert.AreEqual("Cancelled", unit.Outcome);
        Assert.AreEqual("PEX3009", unit.Code);
        CollectionAssert.AreEqual(new[] { "logs/a.log", "logs/a@2.log" }, unit.Attempts.Select(one => one.Log).ToArray());
        CollectionAssert.AreEqual(new[] { "Failed", "Failed" }, unit.Attempts.Select(one => one.Outcome).ToArray());
    }

    private static UnitDefinition Retried(UnitDefinition unit, int retries, Func<Timing, Timing>? change = null)
    {
        Timing timing = Timing.Default with { Retries = retries };
        return unit with { Timing = change is null ? timing : change(timing) };
    }

    private static double[] Starts(Stage stage, string unit) =>
    [
        .. stage.Events().Where(one => one.GetProperty("event").GetString() == "start" && one.GetProperty("unit").GetString() == unit).Select(one => one.GetProperty("ns").GetInt64() / 1e9),
    ];
}

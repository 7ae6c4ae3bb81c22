using Pexen.Execution;
using Pexen.Execution.Protocol;
using Pexen.Model;
using Pexen.Records;

namespace Pexen.Engine.Tests.Dispatching;

/// <summary>Start delays, limits of silence and of all attempts, slow notices (rules 16, 22).</summary>
[TestClass]
public sealed class TimeLimitTests
{
    private static readonly AttemptEnd Good = new() { Unit = 0, ExitCode = 0 };

    [TestMethod]
    public void AUnitIsSilentForTooLong_ItIsStoppedAsOnATimeout()
    {
        using Stage stage = new Stage()
            .With("a", unit => unit with { Claims = ["db"], Timing = Timing.Default with { IdleTimeout = TimeSpan.FromSeconds(5) } })
            .With("b", requires: "a");
        stage.Executor.Let("a", TimeSpan.FromHours(1), Good);
        stage.Executor.Activity = _ => new AttemptActivity(stage.Time.GetElapsedTime(0) - TimeSpan.FromSeconds(3), []);

        stage.Play();

        UnitRecord unit = stage.Unit("a");
        Assert.AreEqual("TimedOut PEX3004 idle timeout", $"{unit.Outcome} {unit.Code} {unit.Reason}");
        Assert.AreEqual(8000, unit.DurationMs, "its last output came after three seconds");
        Assert.HasCount(1, stage.Record.HeldLocks, "a timeout is of the crash class");
    }

    [TestMethod]
    public void AUnitIsSlow_ItIsSaidAgainAndAgainAndRecordedOnce()
    {
        using Stage stage = new Stage()
            .With("a", unit => unit with { Claims = ["db"] })
            .With("b", requires: "a")
            .With("c", unit => unit with { Claims = ["db/x"] })
            .With("d");
        stage.Executor.Let("a", TimeSpan.FromSeconds(200), Good, writes: "one\ntwo\n");
        stage.Executor.Activity = _ => new AttemptActivity(TimeSpan.FromSeconds(7), ["make (17) 1.5s"]);

        stage.Play();

        DiagnosticMessage[] said = [.. stage.Messages.OfType<DiagnosticMessage>().Where(one => one.Diagnostic.Code == "PEX4005")];
        Assert.HasCount(3, said);
        Assert.IsTrue(said.All(one => one.Loud && one.Diagnostic.Severity == Severity.Message));
        foreach (string part in new[] { "since 10:15:00Z (60s)", "Last line (written 7s ago): two", "make (17) 1.5s", "It holds 'db'", "For it wait b, c" })
        {
            Assert.Contains(part, said[0].Diagnostic.Message);
        }

        Assert.HasCount(1, stage.Record.Diagnostics.Where(one => one.Code == "PEX4005").ToArray());
    }

    [TestMethod]
    public void AUnitIsSlowSoon_ItsTimeIsNotRoundedToNothing()
    {
        using Stage stage = new Stage().With("a", unit => unit with { Timing = Timing.Default with { SlowAfter = TimeSpan.FromMilliseconds(340) } });

        stage.Play();

        Assert.Contains("since 10:15:00Z (300ms)", stage.Diagnostics.First().Message);
    }

    [TestMethod]
    public void AUnitSaysThatItIsNeverSlow_NothingIsSaid()
    {
        using Stage stage = new Stage().With("a", unit => unit with { Timing = Timing.Default with { SlowAfter = null } });
        stage.Executor.Let("a", TimeSpan.FromSeconds(200), Good);

        stage.Play();

        Assert.IsEmpty(stage.Diagnostics);
    }

    [TestMethod]
    public void AUnitHasAStartDelay_ItHoldsNothingAndIsNotReadyBefore()
    {
        using Stage stage = new Stage()
            .With("a", unit => unit with { Claims = ["db"], Timing = Timing.Default with { StartDelay = TimeSpan.FromSeconds(10) } })
            .With("b", unit => unit with { Claims = ["db"] });

        stage.Play(request => request with { MaxParallel = 1 });

        Assert.AreEqual("run|rest a|ready b|start b|end b|ready a|start a|end a|finish", string.Join('|', stage.EventNames()));
        Assert.AreEqual(10, (stage.Unit("a").StartedAt - stage.Record.StartedAt)!.Value.TotalSeconds);
    }

    [TestMethod]
    public void AUnitWithAStartDelayIsTriedAgain_ItIsDelayedOnce()
    {
        using Stage stage = new Stage().With("a", unit => unit with { Timing = Timing.Default with { StartDelay = TimeSpan.FromSeconds(10), Retries = 1 } });
        stage.Executor.LetAttempts("a", new AttemptEnd { Unit = 0, ExitCode = 1 }, Good);

        stage.Play();

        Assert.AreEqual(2000, stage.Unit("a").DurationMs);
    }

    [TestMethod]
    public void TheRunEndsDuringAStartDelay_TheUnitIsCancelled()
    {
        using Stage stage = new Stage().With("a", unit => unit with { Timing = Timing.Default with { StartDelay = TimeSpan.FromSeconds(10) } });

        FinishMessage finish = stage.Play(request => request with { Timeout = TimeSpan.FromSeconds(2) });

        Assert.AreEqual("TimedOut", finish.Outcome);
        Assert.AreEqual("Cancelled", stage.Unit("a").Outcome);
        Assert.IsNull(stage.Unit("a").StartedAt);
    }

    [TestMethod]
    public void TimeoutPasses_TheUnitSucceedsAndIsNotTriedAgain()
    {
        using Stage stage = new Stage()
            .With("soak", unit => unit with { Timeout = TimeSpan.FromSeconds(5), Claims = ["db"], Timing = Timing.Default with { OnTimeout = TimeoutMeaning.Pass, Retries = 3 } })
            .With("after", requires: "soak");
        stage.Executor.Let("soak", TimeSpan.FromHours(1), Good);

        FinishMessage finish = stage.Play();

        Assert.AreEqual("Succeeded", finish.Outcome);
        UnitRecord unit = stage.Unit("soak");
        Assert.AreEqual("Succeeded timeout 1", $"{unit.Outcome} {unit.Reason} {unit.Attempts.Length}");
        Assert.IsEmpty(stage.Record.HeldLocks);
    }

    [TestMethod]
    public void TimeoutPassesButTheUnitWasSilent_ItTimedOut()
    {
        using Stage stage = new Stage().With("soak", unit => unit with
        {
            Timeout = TimeSpan.FromSeconds(50),
            Timing = Timing.Default with { OnTimeout = TimeoutMeaning.Pass, IdleTimeout = TimeSpan.FromSeconds(5) },
        });
        stage.Executor.Let("soak", TimeSpan.FromHours(1), Good);

        stage.Play();

        Assert.AreEqual("TimedOut", stage.Unit("soak").Outcome);
    }

    [TestMethod]
    public void TimeoutPassesWithoutItsOutput_TheUnitFailsAndIsNotTriedAgain()
    {
        using Stage stage = new Stage().With("soak", unit => unit with
        {
            Timeout = TimeSpan.FromSeconds(5),
            Outputs = ["not-there.txt"],
            Timing = Timing.Default with { OnTimeout = TimeoutMeaning.Pass, Retries = 3 },
        });
        stage.Executor.Let("soak", TimeSpan.FromHours(1), Good);

        stage.Play();

        Assert.AreEqual("PEX3006", stage.Unit("soak").Code);
        Assert.HasCount(1, stage.Unit("soak").Attempts);
    }

    /// <summary>EP-R9: tries after a timeout have an end.</summary>
    [TestMethod]
    public void EveryAttemptTimesOut_ThereAreAsManyAsAllowed()
    {
        using Stage stage = new Stage().With("a", unit => unit with { Timeout = TimeSpan.FromSeconds(5), Timing = Timing.Default with { Retries = 2 } });
        stage.Executor.Let("a", TimeSpan.FromHours(1), Good);

        stage.Play();

        UnitRecord unit = stage.Unit("a");
        Assert.AreEqual("TimedOut TimedOut TimedOut", string.Join(' ', unit.Attempts.Select(attempt => attempt.Outcome)));
        Assert.AreEqual(15_000, unit.DurationMs);
    }

    [TestMethod]
    public void AllAttemptsTogetherTakeTooLong_TheOneUnderWayIsStoppedAndNoneFollows()
    {
        using Stage stage = new Stage().With("a", unit => unit with
        {
            Timeout = TimeSpan.FromSeconds(5),
            Timing = Timing.Default with { Retries = 9, RetryDelay = TimeSpan.FromSeconds(2), TotalTimeout = TimeSpan.FromSeconds(16) },
        });
        stage.Executor.Let("a", TimeSpan.FromHours(1), Good);

        stage.Play();

        UnitRecord unit = stage.Unit("a");
        Assert.AreEqual("TimedOut PEX3002 total timeout", $"{unit.Outcome} {unit.Code} {unit.Reason}");
        Assert.HasCount(3, unit.Attempts);
        Assert.AreEqual(16_000, unit.DurationMs);
    }

    [TestMethod]
    public void TheNextDelayWouldPassTheTotal_TheAttemptIsTheLast()
    {
        using Stage stage = new Stage().With("a", unit => unit with
        {
            Timing = Timing.Default with { Retries = 9, RetryDelay = TimeSpan.FromSeconds(20), TotalTimeout = TimeSpan.FromSeconds(16) },
        });
        stage.Executor.Let("a", 1);

        stage.Play();

        Assert.AreEqual("Failed", stage.Unit("a").Outcome);
        Assert.HasCount(1, stage.Unit("a").Attempts);
    }
}

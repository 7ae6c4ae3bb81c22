using Pexen.Execution;
using Pexen.Model;
using Pexen.Records;

namespace Pexen.Engine.Tests.Dispatching;

/// <summary>All units together have too much memory (rule 37).</summary>
[TestClass]
public sealed class RunMemoryTests
{
    private const long Limit = 1_000_000_000;
    private const long Most = 600_000_000;

    private static readonly AttemptEnd Good = new() { Unit = 0, ExitCode = 0 };

    [TestMethod]
    [TestCategory("EP-05")]
    public void TwoUnitsTogetherHaveTooMuch_TheYoungerGivesWayAndRunsLater_AndBothSucceed()
    {
        using Stage stage = Stage("a", "b");
        stage.Executor.Memory = _ => Most;

        stage.Play(Limited);

        Assert.AreEqual("Succeeded 1, Succeeded 2", $"{Describe(stage, "a")}, {Describe(stage, "b")}");
        Assert.AreEqual(
            "ready a, ready b, start a, start b, end b, preempt b, ready b, end a, start b, end b",
            string.Join(", ", stage.EventNames().Where(name => name is not ("run" or "finish"))));
        UnitRecord postponed = stage.Unit("b");
        Assert.AreEqual("Cancelled Succeeded", string.Join(' ', postponed.Attempts.Select(attempt => attempt.Outcome)));
        Assert.IsNull(postponed.Reason, "that it gave way is no retry");
        Assert.AreEqual(Limit, stage.Record.MemoryLimitBytes);
        Diagnostic said = stage.Diagnostics.Single();
        Assert.AreEqual("PEX3010 Message", $"{said.Code} {said.Severity}");
        Assert.Contains("all units together had 1.2GB, and PexenMemoryLimit is 1GB. Until it is over at most 1 unit runs at a time", said.Message);
    }

    [TestMethod]
    public void TheOneWithMoreMemoryForItsTime_GivesWay()
    {
        using Stage stage = Stage("small", "large");
        stage.Executor.Memory = unit => unit == "large" ? 900_000_000 : 200_000_000;
        stage.Play(Limited);
        Assert.AreEqual("Succeeded 1, Succeeded 2", $"{Describe(stage, "small")}, {Describe(stage, "large")}");
    }

    [TestMethod]
    public void AUnitThatGivesWay_HoldsNothingMeanwhile_AndStartsNoRetry()
    {
        using Stage stage = new Stage()
            .With("a").With("b", unit => unit with { Claims = ["db"], Timing = Timing.Default with { Retries = 1 } }).With("c", unit => unit with { Claims = ["db"], Priority = 1 });
        LetAll(stage, "a", "b", "c");
        stage.Executor.Memory = unit => unit == "c" ? 1 : Most;
        stage.Executor.LetAttempts("b", Good, new AttemptEnd { Unit = 0, ExitCode = 1 }, Good);

        stage.Play(request => Limited(request) with { MaxParallel = 3 });

        Assert.AreEqual("Flaky 3", Describe(stage, "b"));
        Assert.IsEmpty(stage.Record.HeldLocks);
        Assert.HasCount(1, stage.Events().Where(one => one.GetProperty("event").GetString() == "rest").ToArray(), "one retry, and one that was no retry");
    }

    [TestMethod]
    public void AUnitAloneHasTooMuch_ItFails()
    {
        using Stage stage = Stage("a");
        stage.Executor.Memory = _ => Limit + 1;

        stage.Play(Limited);

        Assert.AreEqual("Failed PEX3010 run memory limit", $"{stage.Unit("a").Outcome} {stage.Unit("a").Code} {stage.Unit("a").Reason}");
        Assert.Contains("while no other unit ran, and PexenMemoryLimit is 1GB", stage.Diagnostics.Single().Message);
    }

    [TestMethod]
    public void AUnitIsInTheWayOfOneThatMayNotGiveWay_ItFailsTheThirdTime()
    {
        using Stage stage = WithUnlucky(unit => unit);

        stage.Play(request => Limited(request) with { MaxParallel = 4 });

        Assert.AreEqual("Succeeded 1", Describe(stage, "spared"));
        Assert.AreEqual("Failed 3 preempted too often", $"{Describe(stage, "unlucky")} {stage.Unit("unlucky").Reason}");
    }

    [TestMethod]
    public void AUnitHasGivenWayTooOften_ItIsTriedAgainIfItSaysSo()
    {
        using Stage stage = WithUnlucky(unit => unit with { Timing = new Timing { Retries = 1, RetryOn = RetryCauses.Memory } });

        stage.Play(request => Limited(request) with { MaxParallel = 4 });

        Assert.Contains("rest unlucky", stage.EventNames().ToList());
    }

    [TestMethod]
    public void EverybodyIsSpared_NobodyIsStopped()
    {
        using Stage stage = new Stage()
            .With("a", unit => unit with { Limits = new Limits { Preemptible = false } })
            .With("b", unit => unit with { Limits = new Limits { Preemptible = false } });
        stage.Executor.Memory = _ => Most;

        stage.Play(Limited);

        Assert.AreEqual("Succeeded 1, Succeeded 1", $"{Describe(stage, "a")}, {Describe(stage, "b")}");
        Assert.IsEmpty(stage.Executor.Stopped);
    }

    [TestMethod]
    [TestCategory("EP-05")]
    public void ManyLargeUnitsAtOnce_AllCompleteInTheEnd()
    {
        string[] names = [.. Enumerable.Range(0, 12).Select(index => $"u{index}")];
        using Stage stage = Stage(names);
        stage.Executor.Memory = _ => 300_000_000;

        stage.Play(request => Limited(request) with { MaxParallel = 6 });

        Assert.IsTrue(stage.Record.Units.All(unit => unit.Outcome == "Succeeded"), string.Join(' ', stage.Record.Units.Select(unit => unit.Outcome)));
        Assert.IsTrue(stage.Record.Units.All(unit => unit.Attempts.Length <= 3));
        Assert.IsTrue(stage.Record.Units.Any(unit => unit.Attempts.Length > 1));
    }

    [TestMethod]
    public void TheRunIsCancelledWhileAUnitGivesWay_ItIsCancelled()
    {
        using Stage stage = Stage("a", "b");
        stage.Executor.Memory = _ =>
        {
            stage.Dispatcher!.Cancel("a test");
            return Most;
        };

        stage.Play(Limited);

        Assert.AreEqual("Cancelled", stage.Record.Outcome);
        Assert.IsTrue(stage.Record.Units.All(unit => unit.Outcome == "Cancelled"));
    }

    [TestMethod]
    public void AServiceIsUpWhileUnitsHaveTooMuch_AUnitGivesWay_AndTheServiceStays()
    {
        using Stage stage = new Stage().With("db", Service).With("a", requires: "db").With("b", requires: "db");
        stage.Executor.Let("db", TimeSpan.FromHours(1), Good);
        LetAll(stage, "a", "b");
        stage.Executor.Memory = unit => unit == "db" ? 300_000_000 : 450_000_000;

        stage.Play(request => Limited(request) with { MaxParallel = 4 });

        Assert.AreEqual("Succeeded 1, Succeeded 1, Succeeded 2", $"{Describe(stage, "db")}, {Describe(stage, "a")}, {Describe(stage, "b")}");
        Assert.AreEqual("b db", string.Join(' ', stage.Executor.Stopped.Select(stopped => stopped.Unit)), "the service is stopped when nobody needs it any more");
    }

    [TestMethod]
    public void AUnitAloneWithItsServiceHasTooMuch_ItFails_AndTheServiceDoesNot()
    {
        using Stage stage = new Stage().With("db", Service).With("a", requires: "db");
        stage.Executor.Let("db", TimeSpan.FromHours(1), Good);
        LetAll(stage, "a");
        stage.Executor.Memory = _ => Most;

        stage.Play(Limited);

        Assert.AreEqual("Succeeded 1, Failed 1 run memory limit", $"{Describe(stage, "db")}, {Describe(stage, "a")} {stage.Unit("a").Reason}");
    }

    private static UnitDefinition Service(UnitDefinition unit) => unit with { Service = new ServiceTerms(ReadyKind.Started, "", TimeSpan.FromSeconds(60)) };

    private static Stage Stage(params string[] names)
    {
        var stage = new Stage();
        foreach (string name in names)
        {
            stage.With(name);
        }

        LetAll(stage, names);
        return stage;
    }

    private static void LetAll(Stage stage, params string[] names)
    {
        foreach (string name in names)
        {
            stage.Executor.Let(name, TimeSpan.FromSeconds(5), Good);
        }
    }

    private static RunRequest Limited(RunRequest request) => request with { MemoryLimit = Limit };

    private static string Describe(Stage stage, string unit) => $"{stage.Unit(unit).Outcome} {stage.Unit(unit).Attempts.Length}";

    /// <summary>Others may not give way, so it has to, again and again.</summary>
    private static Stage WithUnlucky(Func<UnitDefinition, UnitDefinition> change)
    {
        Stage stage = new Stage()
            .With("spared", unit => unit with { Limits = new Limits { Preemptible = false } })
            .With("spared-too", unit => unit with { Limits = new Limits { Preemptible = false } })
            .With("third", unit => unit with { Limits = new Limits { Preemptible = false } })
            .With("unlucky", change);
        stage.Executor.Let("spared", TimeSpan.FromSeconds(100), Good);
        stage.Executor.Let("spared-too", TimeSpan.FromSeconds(2), Good);
        stage.Executor.Let("third", TimeSpan.FromSeconds(4), Good);
        stage.Executor.Let("unlucky", TimeSpan.FromSeconds(20), Good);
        stage.Executor.Memory = unit => unit == "unlucky" ? 950_000_000 : 60_000_000;
        return stage;
    }
}

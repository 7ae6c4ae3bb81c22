using Pexen.Execution;
using Pexen.Execution.Dispatching;
using Pexen.Model;
using Pexen.Records;

namespace Pexen.Engine.Tests.Dispatching;

/// <summary>Limits of memory (rule 37).</summary>
[TestClass]
public sealed class MemoryLimitTests
{
    private const long Limit = 500_000_000;

    private static readonly AttemptEnd Good = new() { Unit = 0, ExitCode = 0 };

    [TestMethod]
    [TestCategory("EP-04")]
    public void AUnitHasMoreThanItsLimit_ItIsStoppedPolitely_AndFailsAsACrash()
    {
        using Stage stage = Limited(unit => unit with { Claims = ["db"] }).With("b", requires: "a").With("c");
        stage.Executor.Memory = _ => Seconds(stage) < 2 ? Limit : Limit + 1;

        stage.Play();

        UnitRecord unit = stage.Unit("a");
        Assert.AreEqual("Failed PEX3010 memory limit", $"{unit.Outcome} {unit.Code} {unit.Reason}");
        Assert.AreEqual("a 00:00:05", string.Join(' ', stage.Executor.Stopped.Select(stopped => $"{stopped.Unit} {stopped.Grace}")));
        Assert.AreEqual(2000, unit.DurationMs, "it is looked at every 100 ms");
        Assert.AreEqual(Limit + 1, unit.PeakMemoryBytes);
        Assert.AreEqual(Limit, unit.Limits!.MemoryBytes);
        Assert.HasCount(1, stage.Record.HeldLocks, "nobody knows the state that it left");
        Assert.Contains("for its OnCrash is None", stage.Diagnostics.Single(one => one.Code == "PEX4002").Message);
        Assert.AreEqual("Skipped", stage.Unit("b").Outcome);
        Assert.AreEqual("Succeeded", stage.Unit("c").Outcome);
        Assert.Contains("it had 500MB of memory, and its MemoryLimit is 500MB", stage.Diagnostics.Single(one => one.Code == "PEX3010").Message);
    }

    [TestMethod]
    public void AUnitHasItsLimitAndNoMore_ItIsLeftAlone()
    {
        using Stage stage = Limited();
        stage.Executor.Memory = _ => Limit;

        stage.Play();

        Assert.AreEqual("Succeeded", stage.Unit("a").Outcome);
    }

    [TestMethod]
    public void NothingIsLimited_NobodyLooks()
    {
        using Stage stage = new Stage().With("a");
        stage.Executor.Memory = _ => throw new AssertFailedException("somebody looked");

        stage.Play();

        Assert.IsNull(stage.Unit("a").Limits);
    }

    [TestMethod]
    [DataRow("Crash, Failure, Timeout", 1)]
    [DataRow("Memory", 3)]
    public void AUnitWithRetriesHasTooMuch_ItIsTriedAgainOnlyIfItSaysMemory(string causes, int attempts)
    {
        using Stage stage = Limited(unit => unit with { Timing = Timing.Default with { Retries = 2, RetryOn = Enum.Parse<RetryCauses>(causes) } });
        stage.Executor.Memory = _ => Limit * 2;

        stage.Play();

        Assert.AreEqual("Failed", stage.Unit("a").Outcome);
        Assert.HasCount(attempts, stage.Unit("a").Attempts);
    }

    [TestMethod]
    public void AUnitHasTooMuchAtFirstOnly_ItIsFlaky()
    {
        using Stage stage = Limited(unit => unit with { Timing = Timing.Default with { Retries = 2, RetryOn = RetryCauses.Memory } });
        stage.Executor.Memory = _ => stage.Executor.Started.Count == 1 ? Limit * 2 : 1;

        stage.Play();

        Assert.AreEqual("Flaky attempt 2", $"{stage.Unit("a").Outcome} {stage.Unit("a").Reason}");
        Assert.AreEqual("Failed", stage.Unit("a").Attempts[0].Outcome);
    }

    [TestMethod]
    public void AUnitTakesStillMoreWhileItIsBeingStopped_ItIsGivenNoTime()
    {
        using var stage = new Stage();
        var executor = new StubbornExecutor(Limit + 1, Limit * 2);
        var guard = new MemoryGuard(executor, MemoryKind.Tree, null, new RunClock(stage.Time), new Lock());
        var unit = new UnitRun(stage.With("a", WithLimit).Request().Plan.Units[0], new LogFileNames());
        guard.Start(unit, 0);

        guard.Look((_, reason) => unit.Stopping = reason);
        Assert.AreEqual(StopReason.Memory, unit.Stopping);
        Assert.IsEmpty(executor.Stopped);
        guard.Look((_, _) => Assert.Fail("it is being stopped already"));

        Assert.AreEqual(TimeSpan.Zero, executor.Stopped.Single());
        guard.End(unit);
        Assert.IsNull(guard.Next);
    }

    private static Stage Limited(Func<UnitDefinition, UnitDefinition>? change = null)
    {
        Stage stage = new Stage().With("a", unit => (change ?? (same => same))(WithLimit(unit)));
        stage.Executor.Let("a", TimeSpan.FromSeconds(10), Good);
        return stage;
    }

    private static UnitDefinition WithLimit(UnitDefinition unit) => unit with { Limits = new Limits { Memory = Limit } };

    private static double Seconds(Stage stage) => stage.Time.GetElapsedTime(0).TotalSeconds;
}

using Pexen.Execution;
using Pexen.Model;
using Pexen.Records;

namespace Pexen.Engine.Tests.Dispatching;

/// <summary>The system ends units for their memory between two looks, where it was told of their limits (rule 37).</summary>
[TestClass]
public sealed class BrokenCapTests
{
    private const long Limit = 400_000_000;
    private const long Cap = 500_000_000;

    private static readonly AttemptEnd Good = new() { Unit = 0, ExitCode = 0 };
    private static readonly AttemptEnd Own = new() { Unit = 0, Signal = 9, BrokenCap = new BrokenCap(OfAll: false, Cap) };
    private static readonly AttemptEnd OfAll = new() { Unit = 0, Signal = 9, BrokenCap = new BrokenCap(OfAll: true, Cap) };

    [TestMethod]
    public void AUnitIsEndedForItsLimit_ItFailsAsIfWeHadStoppedIt()
    {
        using Stage stage = new Stage().With("a", Limited).With("b", requires: "a");
        stage.Executor.LetAttempts("a", Own);

        stage.Play();

        UnitRecord unit = stage.Unit("a");
        Assert.AreEqual("Failed PEX3010 memory limit", $"{unit.Outcome} {unit.Code} {unit.Reason}");
        Assert.Contains("it had 500MB of memory, and its MemoryLimit is 400MB", stage.Diagnostics.Single(one => one.Code == "PEX3010").Message);
        Assert.AreEqual("Skipped", stage.Unit("b").Outcome);
        Assert.IsEmpty(stage.Executor.Stopped);
    }

    [TestMethod]
    [DataRow(RetryCauses.Memory, "Flaky")]
    [DataRow(RetryCauses.Crash, "Failed")]
    public void AUnitIsEndedForItsLimit_ItIsTriedAgainIfRetryOnSaysMemory(RetryCauses causes, string outcome)
    {
        using Stage stage = new Stage().With("a", unit => Limited(unit) with { Timing = Timing.Default with { Retries = 1, RetryOn = causes } });
        stage.Executor.LetAttempts("a", Own, Good);

        stage.Play();

        Assert.AreEqual(outcome, stage.Unit("a").Outcome);
    }

    [TestMethod]
    public void AUnitIsEndedForTheLimitOfAll_ItGivesWayAndRunsLater()
    {
        using Stage stage = new Stage().With("a").With("b");
        stage.Executor.Let("a", TimeSpan.FromSeconds(3), Good);
        stage.Executor.LetAttempts("b", OfAll, Good);

        stage.Play(request => request with { MemoryLimit = Limit, MaxParallel = 2 });

        Assert.AreEqual("Succeeded", stage.Unit("b").Outcome);
        Assert.AreEqual("Cancelled Succeeded", string.Join(' ', stage.Unit("b").Attempts.Select(attempt => attempt.Outcome)));
        Assert.AreEqual(
            "ready a, ready b, start a, start b, end b, preempt b, ready b, end a, start b, end b",
            string.Join(", ", stage.EventNames().Where(name => name is not ("run" or "finish"))));
    }

    [TestMethod]
    public void AUnitAloneIsEndedForTheLimitOfAll_ItFails()
    {
        using Stage stage = new Stage().With("a");
        stage.Executor.LetAttempts("a", OfAll);

        stage.Play(request => request with { MemoryLimit = Limit });

        Assert.AreEqual("Failed PEX3010 run memory limit", $"{stage.Unit("a").Outcome} {stage.Unit("a").Code} {stage.Unit("a").Reason}");
    }

    [TestMethod]
    public void TwoAreEndedAtTheSameMomentForTheLimitOfAll_NeitherWasAlone()
    {
        AttemptEnd half = OfAll with { BrokenCap = new BrokenCap(OfAll: true, Cap / 2) };
        using Stage stage = new Stage().With("a").With("b");
        stage.Executor.LetAttempts("a", half, Good);
        stage.Executor.LetAttempts("b", half, Good);

        stage.Play(request => request with { MemoryLimit = Limit, MaxParallel = 2 });

        Assert.AreEqual("Succeeded Succeeded", $"{stage.Unit("a").Outcome} {stage.Unit("b").Outcome}");
    }

    [TestMethod]
    public void AUnitIsEndedForItsLimitJustWhenItsTimeIsUp_ItIsItsLimitThatCounts()
    {
        using Stage stage = new Stage().With("a", unit => Limited(unit) with { Timeout = TimeSpan.FromSeconds(1) });
        stage.Executor.Let("a", TimeSpan.FromSeconds(1.5), Own);
        stage.Executor.EndsFirst = "a";

        stage.Play();

        Assert.AreEqual("Failed PEX3010 memory limit", $"{stage.Unit("a").Outcome} {stage.Unit("a").Code} {stage.Unit("a").Reason}");
    }

    [TestMethod]
    public void TheSystemIsToldAQuarterMore_AndOfTheLimitOfAllOnlyForThoseThatMayGiveWay()
    {
        using Stage stage = new Stage().With("both", Limited).With("shared").With("kept", unit => unit with { Limits = new Limits { Preemptible = false } }).Finalizing("last", "both")
            .With("daemon", unit => Limited(unit) with { AllowSurvivors = ["server"] });

        stage.Play(request => request with { MemoryLimit = Limit * 2, MaxParallel = 1 });

        Assert.AreEqual(
            "both 500000000 1000000000; daemon none; kept none; last none; shared - 1000000000",
            string.Join("; ", stage.Executor.Started.OrderBy(launch => launch.Name).Select(launch => launch.Caps is MemoryCaps caps ? $"{launch.Name} {(caps.Own is long own ? own : "-")} {caps.OfAll}" : $"{launch.Name} none")));
    }

    [TestMethod]
    [DataRow(MemoryKind.Heaviest)]
    [DataRow(MemoryKind.Process)]
    public void NotTheWholeTreeCounts_TheSystemIsNotTold(MemoryKind kind)
    {
        using Stage stage = new Stage().With("a", Limited);

        stage.Play(request => request with { MemoryLimit = Limit, MemoryKind = kind });

        Assert.IsNull(stage.Executor.Started.Single().Caps);
    }

    private static UnitDefinition Limited(UnitDefinition unit) => unit with { Limits = new Limits { Memory = Limit } };
}

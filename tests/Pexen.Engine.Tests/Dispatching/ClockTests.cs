using Pexen.Execution;
using Pexen.Model;
using Pexen.RecordChecking;
using Pexen.Records;

namespace Pexen.Engine.Tests.Dispatching;

/// <summary>Somebody sets the clock of the machine while a run is under way.</summary>
[TestClass]
public sealed class ClockTests
{
    private static readonly AttemptEnd Good = new() { Unit = 0, ExitCode = 0 };

    [TestMethod]
    [DataRow(-24)]
    [DataRow(24)]
    public void ClockIsSetDuringTheRun_LimitsAndDelaysHoldAndTheRecordKeepsTheRules(int hours)
    {
        using Stage stage = new Stage()
            .With("hangs", unit => unit with { Timeout = TimeSpan.FromSeconds(10), OnCrash = Aftermath.ReleaseLocks })
            .With("again", unit => unit with { Timing = Timing.Default with { Retries = 1, RetryDelay = TimeSpan.FromSeconds(30) } })
            .With("delayed", unit => unit with { Timing = Timing.Default with { StartDelay = TimeSpan.FromSeconds(20) } })
            .Finalizing("cleans", "hangs");
        stage.Executor.Let("hangs", TimeSpan.FromHours(1), Good);
        stage.Executor.LetAttempts("again", Good with { ExitCode = 1 }, Good);
        stage.Executor.OnStart = _ => stage.Time.SetClock(TimeSpan.FromHours(hours));

        stage.Play();

        RunRecord record = stage.Record;
        Assert.AreEqual(
            "hangs TimedOut, again Flaky, delayed Succeeded, cleans Succeeded",
            string.Join(", ", record.Units.Select(unit => $"{unit.Name} {unit.Outcome}")));
        Assert.AreEqual(10_000, stage.Unit("hangs").DurationMs);
        Assert.AreEqual(20, (stage.Unit("delayed").StartedAt - record.StartedAt)!.Value.TotalSeconds);
        Assert.AreEqual(32, (record.FinishedAt - record.StartedAt)!.Value.TotalSeconds, "a second, thirty until it is tried again, and another second");
        Assert.AreEqual("", string.Join('\n', RecordCheck.Folder(stage.Folder.Path)));
    }

    [TestMethod]
    public void ClockIsSetBackDuringTheRun_TheRunIsEndedWhenItsTimeHasPassed()
    {
        using Stage stage = new Stage().With("hangs");
        stage.Executor.Let("hangs", TimeSpan.FromHours(100), Good);
        stage.Executor.OnStart = _ => stage.Time.SetClock(TimeSpan.FromDays(-1));

        stage.Play(request => request with { Timeout = TimeSpan.FromSeconds(5) });

        Assert.AreEqual("TimedOut 5", $"{stage.Record.Outcome} {(stage.Record.FinishedAt - stage.Record.StartedAt)!.Value.TotalSeconds}");
        Assert.AreEqual("", string.Join('\n', RecordCheck.Folder(stage.Folder.Path)));
    }
}

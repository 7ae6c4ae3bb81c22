using System.Threading.Channels;

namespace Pexen.Engine.Tests.Library;

/// <summary>Units that are silent, and units that take long.</summary>
[TestClass]
public sealed class SlowTests : LibraryTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SteppedTime _time = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task ProcessThatFallsSilent_IsStoppedAsOnATimeout()
    {
        List<UnitResult> results = await RunAsync(
            Slots(1),
            Shell("a", "echo hello; exec sleep 1000") with { IdleTimeout = TimeSpan.FromMilliseconds(200), Claims = ["db"] },
            Nothing("b") with { Claims = ["db"] });

        Assert.AreEqual("a TimedOut, b Skipped", Text(results));
        Assert.AreEqual(("PEX3004", "idle timeout", "hello\n"), (results[0].Code, results[0].Reason, results[0].Output));
        Assert.IsGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(200), results[0].Duration);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task ProcessThatGoesOnWriting_IsNotIdleHoweverLongItRuns()
    {
        var options = new SchedulerOptions { MaxParallel = 3, DefaultIdleTimeout = TimeSpan.FromSeconds(2) };

        List<UnitResult> results = await RunAsync(
            options,
            Shell("a", "for i in 1 2 3 4 5 6; do echo $i; sleep 0.5; done"),
            Shell("b", "sleep 2.5") with { IdleTimeout = TimeSpan.Zero },
            Unit.Create("c", async () => await Task.Delay(2100)));

        Assert.AreEqual("a Succeeded, b Succeeded, c Succeeded", string.Join(", ", Text(results).Split(", ").Order()));
        Assert.IsGreaterThan(TimeSpan.FromSeconds(2), Of(results, "a").Duration);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task IdleTimeoutOfTheFirstAttempt_LeavesTheSecondAlone()
    {
        UnitResult result = (await RunAsync(
            Shell("a", "[ $PEXEN_ATTEMPT = 2 ] || exec sleep 1000") with { IdleTimeout = TimeSpan.FromMilliseconds(300), Retries = 1, RetryOn = RetryCauses.Timeout })).Single();

        Assert.AreEqual((Outcome.Flaky, "idle timeout"), (result.Outcome, result.Attempts[0].Reason));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task DelegateThatTakesLong_IsToldAgainAndAgainAndWarnedOfOnce()
    {
        List<SlowUnit> told = [];
        var scheduler = new Scheduler(
            [
                Waiting("a") with { SlowAfter = Minute, Claims = ["db"] },
                Nothing("b") with { Requires = ["a"] },
                Nothing("c") with { Uses = ["db"] },
                Waiting("d") with { SlowAfter = TimeSpan.Zero },
            ],
            new SchedulerOptions { MaxParallel = 2, TimeProvider = _time, SlowAfter = TimeSpan.FromSeconds(1), OnSlow = told.Add });
        Task<List<UnitResult>> run = RunAsync(scheduler);
        await _started.Task;

        _time.Advance(Minute);
        _time.Advance(Minute);
        _time.Advance(Minute / 2);
        _go.SetResult();
        await run;

        Assert.AreEqual("a 1, a 2", string.Join(", ", told.Select(one => $"{one.Name} {one.Running.TotalMinutes}")));
        Assert.AreEqual(("db", "b, c"), (told[0].Holds.Single(), string.Join(", ", told[0].WaitedForBy)));
        Assert.AreEqual("Unit 'a' still runs, since 10:15:00Z (60s). It holds 'db'. For it wait b, c.", told[0].Message);
        Assert.AreEqual(told[0].Message, WarningsOf(scheduler, "PEX4005").Single());
        Assert.AreEqual(told[0].Since + told[1].Running, scheduler.Snapshot().Started + (2 * Minute));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task ProcessThatTakesLong_IsToldWithItsLastLineAndItsProcesses()
    {
        string file = Path.GetTempFileName();
        var told = Channel.CreateUnbounded<SlowUnit>();
        var scheduler = new Scheduler(
            [Shell("a", $"echo one; echo two; echo go >{file}; while [ -s {file} ]; do sleep 0.01; done") with { SlowAfter = Minute }],
            new SchedulerOptions { TimeProvider = _time, OnSlow = seen => told.Writer.TryWrite(seen) });
        Task<List<UnitResult>> run = RunAsync(scheduler);
        while (new FileInfo(file).Length == 0)
        {
            await Task.Delay(1, Cancelled);
        }

        // What it wrote before is in the pipe already, but perhaps not yet in the log.
        SlowUnit seen;
        do
        {
            _time.Advance(Minute);
            seen = await told.Reader.ReadAsync(Cancelled);
        }
        while (seen.LastLine is null);

        await File.WriteAllTextAsync(file, "", Cancelled);
        Assert.AreEqual("a Succeeded", Text(await run));
        Assert.AreEqual("two", seen.LastLine);
        Assert.IsNotNull(seen.Silent);
        Assert.Contains(" (", seen.Processes[0]);
        Assert.Contains("Processes, with their processor time: ", seen.Message);
        Assert.EndsWith(": two", seen.Message);
        File.Delete(file);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task WhoIsToldThrows_IsSaidAndHurtsNobody()
    {
        var scheduler = new Scheduler(
            [Waiting("a") with { SlowAfter = Minute }],
            new SchedulerOptions { TimeProvider = _time, OnSlow = _ => throw new InvalidOperationException("no ear") });
        Task<List<UnitResult>> run = RunAsync(scheduler);
        await _started.Task;

        _time.Advance(Minute);
        _go.SetResult();

        Assert.AreEqual("a Succeeded", Text(await run));
        Assert.Contains("OnSlow threw System.InvalidOperationException when it was told of unit 'a': no ear.", WarningsOf(scheduler, "PEX4005"));
    }

    [TestMethod]
    public void WhatCannotBe_IsRefused()
    {
        foreach (Unit unit in (Unit[])
            [
                Nothing("a") with { IdleTimeout = Minute },
                Unit.Milestone("a") with { IdleTimeout = Minute },
                Unit.Process("a", "true") with { IdleTimeout = -Minute },
                Nothing("a") with { SlowAfter = -Minute },
                Nothing("a") with { SlowAfter = TimeSpan.MaxValue },
            ])
        {
            Assert.AreEqual("PEX1006", Assert.ThrowsExactly<PlanException>(() => new Scheduler([unit])).Problems.Single().Code);
        }

        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new SchedulerOptions { DefaultIdleTimeout = -Minute });
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new SchedulerOptions { SlowAfter = -Minute });
    }

    private static Unit Shell(string name, string command) => Unit.Process(name, "/bin/sh", "-c", command);

    private Unit Waiting(string name) => Unit.Create(name, async () =>
    {
        _started.TrySetResult();
        await _go.Task;
    });
}

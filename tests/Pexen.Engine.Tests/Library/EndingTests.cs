namespace Pexen.Engine.Tests.Library;

[TestClass]
public sealed class EndingTests : LibraryTests
{
    private readonly SteppedTime _time = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [TestMethod]
    [TestCategory("PX-R9")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task LoopIsLeftEarly_WhatRunsIsAskedToEndAndWaitedFor()
    {
        bool ended = false;
        var scheduler = new Scheduler(
            [
                Nothing("quick"),
                Unit.Create("slow", async context =>
                {
                    _started.SetResult();
                    try
                    {
                        await Task.Delay(Timeout.Infinite, context.CancellationToken);
                    }
                    finally
                    {
                        ended = true;
                    }
                }),
                Unit.Create("never", () => Assert.Fail()) with { Requires = ["slow"] },
            ],
            Slots(2));

        await foreach (UnitResult result in scheduler.RunAsync())
        {
            Assert.AreEqual("quick", result.Name);
            await _started.Task;
            break;
        }

        Assert.IsTrue(ended);
        Assert.IsFalse(scheduler.Snapshot().IsRunning);
        Assert.AreEqual(2, scheduler.Snapshot().Outcomes[Outcome.Cancelled]);
    }

    [TestMethod]
    [TestCategory("PX-08")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task RunHasEndedBeforeItIsRead_ResultsAreKeptAndTheNextRunHasOneMore()
    {
        var scheduler = new Scheduler([Nothing("a"), Nothing("b"), Nothing("c")]);
        IAsyncEnumerator<UnitResult> reader = scheduler.RunAsync().GetAsyncEnumerator();
        List<UnitResult> results = [];
        Assert.IsTrue(await reader.MoveNextAsync());
        while (scheduler.Snapshot().IsRunning)
        {
            await Task.Yield();
        }

        do
        {
            results.Add(reader.Current);
        }
        while (await reader.MoveNextAsync());

        await reader.DisposeAsync();
        scheduler.Add(Nothing("d"));

        Assert.HasCount(3, results);
        Assert.HasCount(4, await RunAsync(scheduler));
    }

    [TestMethod]
    [TestCategory("PX-09")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task ResultsAreNeverAskedFor_NothingBeginsAndNothingIsInTheWay()
    {
        int begun = 0;
        var scheduler = new Scheduler([Unit.Create("a", () => ++begun)]);

        _ = scheduler.RunAsync();
        await scheduler.RunAsync().GetAsyncEnumerator().DisposeAsync();

        Assert.AreEqual((0, false), (begun, scheduler.Snapshot().IsRunning));
        Assert.HasCount(1, await RunAsync(scheduler));
        Assert.AreEqual(1, begun);
    }

    [TestMethod]
    [TestCategory("PX-09")]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task ReaderGoesAwayWithoutReading_ProcessesOfTheRunEnd()
    {
        string file = Path.GetTempFileName();
        var scheduler = new Scheduler([Unit.Process("says-who", "/bin/sh", "-c", $"echo $$ >{file}; exec sleep 1000"), Nothing("quick")], Slots(2));
        IAsyncEnumerator<UnitResult> reader = scheduler.RunAsync().GetAsyncEnumerator();
        Assert.IsTrue(await reader.MoveNextAsync());
        while (new FileInfo(file).Length == 0)
        {
            await Task.Delay(1, Cancelled);
        }

        string process = (await File.ReadAllTextAsync(file, Cancelled)).Trim();
        await reader.DisposeAsync();

        Assert.ThrowsExactly<ArgumentException>(() => System.Diagnostics.Process.GetProcessById(int.Parse(process, null)));
        Assert.AreEqual(2, scheduler.Snapshot().Outcomes.Values.Sum());
        File.Delete(file);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task LoopThrows_RunEndsAndTheNextOneRunsAll()
    {
        var scheduler = new Scheduler([.. Enumerable.Range(0, 100).Select(number => Nothing($"u{number}"))]);

        await Assert.ThrowsExactlyAsync<FormatException>(async () =>
        {
            await foreach (UnitResult result in scheduler.RunAsync())
            {
                throw new FormatException();
            }
        });

        Assert.HasCount(100, await RunAsync(scheduler));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task Cancelled_GivesEveryResultAndThenThrows()
    {
        using var cancel = new CancellationTokenSource();
        var scheduler = new Scheduler([Nothing("quick"), Hanging("slow"), Nothing("never") with { Requires = ["slow"] }], Slots(2));
        List<UnitResult> results = [];

        OperationCanceledException problem = await Assert.ThrowsExactlyAsync<OperationCanceledException>(async () =>
        {
            await foreach (UnitResult result in scheduler.RunAsync(cancel.Token))
            {
                results.Add(result);
                await _started.Task;
                cancel.Cancel();
            }
        });

        Assert.AreEqual(cancel.Token, problem.CancellationToken);
        Assert.AreEqual("never Cancelled, quick Succeeded, slow Cancelled", string.Join(", ", Text(results).Split(", ").Order()));
        Assert.AreEqual("PEX3009 cancelled", $"{Of(results, "slow").Code} {Of(results, "slow").Reason}");
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task CancelledBeforeItBegan_StartsNothing()
    {
        var scheduler = new Scheduler([Unit.Create("a", () => Assert.Fail())]);
        List<Outcome> outcomes = [];

        await Assert.ThrowsExactlyAsync<OperationCanceledException>(async () =>
        {
            await foreach (UnitResult result in scheduler.RunAsync().WithCancellation(new CancellationToken(true)))
            {
                outcomes.Add(result.Outcome);
            }
        });

        Assert.AreEqual(Outcome.Cancelled, outcomes.Single());
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task CancelledAfterTheLastEnd_IsNoFailure()
    {
        using var cancel = new CancellationTokenSource();

        await foreach (UnitResult result in new Scheduler([Nothing("a")]).RunAsync(cancel.Token))
        {
            cancel.Cancel();
        }
    }

    [TestMethod]
    [TestCategory("PX-T3")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task RunWhileOneIsUnderWay_IsRefusedAndDoesNotDisturbIt()
    {
        Scheduler? scheduler = null;
        scheduler = new Scheduler([
            Unit.Create("a", () => Assert.ThrowsExactly<InvalidOperationException>(() => scheduler!.RunAsync())),
            Nothing("b") with { Requires = ["a"] }]);
        IAsyncEnumerable<UnitResult> early = scheduler.RunAsync();

        await foreach (UnitResult result in scheduler.RunAsync())
        {
            Assert.AreEqual(Outcome.Succeeded, result.Outcome, result.Message);
            Assert.ThrowsExactly<InvalidOperationException>(() => scheduler.RunAsync());
            await Assert.ThrowsExactlyAsync<InvalidOperationException>(async () => await early.GetAsyncEnumerator().MoveNextAsync());
        }

        Assert.HasCount(2, await early.ToListAsync(CancellationToken.None));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task DelegateHeedsItsTimeout_IsTimedOutAndItsLockStaysHeld()
    {
        Task<List<UnitResult>> run = RunAsync(
            new SchedulerOptions { MaxParallel = 1, TimeProvider = _time },
            Hanging("a") with { Timeout = TimeSpan.FromMinutes(2), Claims = ["db"] },
            Nothing("b") with { Claims = ["db"] },
            Nothing("c"));
        await _started.Task;

        _time.Advance(TimeSpan.FromMinutes(2));
        List<UnitResult> results = await run;

        Assert.AreEqual("a TimedOut, b Skipped, c Succeeded", Text(results));
        Assert.AreEqual("PEX3002 timeout", $"{results[0].Code} {results[0].Reason}");
        Assert.AreEqual(TimeSpan.FromMinutes(2), results[0].Duration);
        Assert.AreEqual("Unit 'a' was asked to end after its Timeout of 2m.", results[0].Message);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task DelegateHangs_IsAbandonedAfterItsGraceAndKeepsWhatItHolds()
    {
        using ManualResetEventSlim never = new();
        using var late = new ManualResetEventSlim();
        var scheduler = new Scheduler(
            [
                Unit.Create("a", context =>
                {
                    _started.SetResult();
                    never.Wait(Cancelled);
                    late.Set();
                }) with
                {
                    Timeout = TimeSpan.FromSeconds(10), GracePeriod = TimeSpan.FromSeconds(3), Claims = ["db"], OnCrash = Aftermath.ReleaseLocks | Aftermath.Provide,
                },
                Nothing("b") with { Claims = ["db"] },
                Nothing("c") with { Requires = ["a"] },
            ],
            new SchedulerOptions { MaxParallel = 1, TimeProvider = _time });
        Task<List<UnitResult>> run = RunAsync(scheduler);
        await _started.Task;

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.IsTrue(scheduler.Snapshot().Running.Single().Stopping);
        _time.Advance(TimeSpan.FromSeconds(3));
        List<UnitResult> results = await run;

        Assert.AreEqual("a TimedOut, b Skipped, c Succeeded", Text(results));
        Assert.AreEqual("timeout, abandoned", results[0].Reason);
        Assert.Contains("it may still be at work", results[0].Message!);
        never.Set();
        late.Wait(Cancelled);
        Assert.HasCount(3, results);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task ControlledFailureAfterATimeout_SaysWhatIsLeftBehind()
    {
        Task<List<UnitResult>> run = RunAsync(
            new SchedulerOptions { MaxParallel = 1, TimeProvider = _time },
            Unit.Create("a", async context =>
            {
                _started.SetResult();
                await Task.Delay(Timeout.Infinite, context.CancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);
                throw new ControlledFailureException("cleaned up") { Provide = false };
            }) with
            { Timeout = TimeSpan.FromMinutes(2), Claims = ["db"] },
            Nothing("b") with { Claims = ["db"] });
        await _started.Task;

        _time.Advance(TimeSpan.FromMinutes(2));

        Assert.AreEqual("a TimedOut, b Succeeded", Text(await run));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task TimeOfTheRunIsUp_WhatRunsTimesOutAndWhatWaitsIsCancelled()
    {
        var scheduler = new Scheduler(
            [Hanging("a") with { Timeout = TimeSpan.FromHours(2) }, Nothing("b")], new SchedulerOptions { MaxParallel = 1, TimeProvider = _time, Timeout = TimeSpan.FromHours(1) });
        Task<List<UnitResult>> run = RunAsync(scheduler);
        await _started.Task;

        _time.Advance(TimeSpan.FromHours(1));
        List<UnitResult> results = await run;

        Assert.AreEqual("b Cancelled, a TimedOut", Text(results));
        Assert.AreEqual("PEX3005 run timeout, PEX3005 run timeout", string.Join(", ", results.Select(result => $"{result.Code} {result.Reason}")));
        Assert.AreEqual("PEX3005", scheduler.Warnings.Single().Code);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task RealClock_TimeoutsComeToo()
    {
        List<UnitResult> results = await RunAsync(Hanging("a") with { Timeout = TimeSpan.FromMilliseconds(30) });

        Assert.AreEqual("a TimedOut", Text(results));
        Assert.IsGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(30), results[0].Duration);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task CallbackOfTheTokenThrows_HurtsNobody()
    {
        List<UnitResult> results = await RunAsync(
            Unit.Create("a", async context =>
            {
                context.CancellationToken.Register(() => throw new InvalidOperationException());
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
            }) with
            { Timeout = TimeSpan.FromMilliseconds(10) });

        Assert.AreEqual("a TimedOut", Text(results));
    }

    private Unit Hanging(string name) => Unit.Create(name, async context =>
    {
        _started.TrySetResult();
        await Task.Delay(Timeout.Infinite, context.CancellationToken);
    });
}

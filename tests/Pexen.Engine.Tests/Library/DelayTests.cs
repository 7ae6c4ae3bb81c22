namespace Pexen.Engine.Tests.Library;

/// <summary><c>StartDelay</c>, and timeouts that are a success (rules 16, 22).</summary>
[TestClass]
public sealed class DelayTests : LibraryTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SteppedTime _time = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SchedulerOptions OneSlot => new() { MaxParallel = 1, TimeProvider = _time };

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task StartDelay_HoldsNothingAndPassesOnce()
    {
        var scheduler = new Scheduler(
            [
                Unit.Create("a", context => context.Attempt < 2 ? throw new InvalidOperationException() : 0) with { StartDelay = Minute, Retries = 1, Claims = ["db"] },
                Nothing("b") with { Claims = ["db"] },
                Nothing("c") with { Requires = ["a"] },
            ],
            OneSlot);
        await using IAsyncEnumerator<UnitResult> reader = scheduler.RunAsync(Cancelled).GetAsyncEnumerator(Cancelled);

        Assert.IsTrue(await reader.MoveNextAsync());
        Assert.AreEqual("b", reader.Current.Name);
        Assert.AreEqual((1, 1, 0), (scheduler.Snapshot().Resting, scheduler.Snapshot().WaitingForUnits, scheduler.Snapshot().Held.Count));
        _time.Advance(Minute);
        Assert.IsTrue(await reader.MoveNextAsync());
        Assert.AreEqual(("a", Outcome.Flaky, 2), (reader.Current.Name, reader.Current.Outcome, reader.Current.Attempts.Count));
        Assert.AreEqual(scheduler.Snapshot().Started + Minute, reader.Current.Started);
        Assert.IsTrue(await reader.MoveNextAsync());
        Assert.AreEqual("c", reader.Current.Name);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task UnitIsAddedThatADelayedOneWaitsFor_TheDelayBeginsAnewWhenThatHasEnded()
    {
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var scheduler = new Scheduler(
            [
                Nothing("first") with { Provides = ["part"] },
                Unit.Create("writer", async context =>
                {
                    await go.Task;
                    context.Add(Unit.Create("second", () => end.Task) with { Provides = ["part"] });
                }),
                Nothing("late") with { Requires = ["part"], RequiresAny = ["first|writer"], StartDelay = Minute },
            ],
            OneSlot);
        await using IAsyncEnumerator<UnitResult> reader = scheduler.RunAsync(Cancelled).GetAsyncEnumerator(Cancelled);
        Assert.IsTrue(await reader.MoveNextAsync());
        Assert.AreEqual(("first", 1), (reader.Current.Name, scheduler.Snapshot().Resting));

        go.SetResult();
        Assert.IsTrue(await reader.MoveNextAsync());
        Assert.AreEqual("writer", reader.Current.Name);
        SchedulerSnapshot now = scheduler.Snapshot();
        Assert.AreEqual((1, 0), (now.WaitingForUnits, now.Resting));
        _time.Advance(Minute);
        Assert.AreEqual(1, scheduler.Snapshot().WaitingForUnits);
        end.SetResult();
        Assert.IsTrue(await reader.MoveNextAsync());
        Assert.AreEqual("second", reader.Current.Name);
        Assert.AreEqual(1, scheduler.Snapshot().Resting);
        _time.Advance(Minute);
        Assert.IsTrue(await reader.MoveNextAsync());
        Assert.AreEqual(("late", Outcome.Succeeded), (reader.Current.Name, reader.Current.Outcome));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task CancelledDuringItsDelay_NeverStarts()
    {
        using var cancel = new CancellationTokenSource();
        var scheduler = new Scheduler([Unit.Create("a", () => Assert.Fail()) with { StartDelay = Minute }, Nothing("b")], OneSlot);
        List<UnitResult> results = [];

        await Assert.ThrowsExactlyAsync<OperationCanceledException>(async () =>
        {
            await foreach (UnitResult result in scheduler.RunAsync(cancel.Token))
            {
                results.Add(result);
                await cancel.CancelAsync();
            }
        });

        Assert.AreEqual("b Succeeded, a Cancelled", Text(results));
        Assert.IsNull(results[1].Started);
        Assert.IsEmpty(results[1].Attempts);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task TimeoutThatPasses_IsASuccessAndLetsOthersGoOn()
    {
        List<UnitResult> results = await Soak(Unit.Create("a", async context =>
        {
            context.Shared["x"] = 1;
            _started.SetResult();
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }));

        Assert.AreEqual("a Succeeded, b Succeeded", Text(results));
        Assert.AreEqual((null, "timeout"), (results[0].Code, results[0].Reason));
        Assert.AreEqual(1, results[1].Value);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task TimeoutThatPassesWithAControlledFailure_IsOne()
    {
        List<UnitResult> results = await Soak(Unit.Create("a", async context =>
        {
            _started.SetResult();
            await Task.Delay(Timeout.Infinite, context.CancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);
            throw new ControlledFailureException("it leaked") { Provide = false };
        }));

        Assert.AreEqual("a ControlledFailure, b Skipped", Text(results));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task TimeoutThatPassesButTheDelegateDoesNotEnd_IsATimeout()
    {
        using ManualResetEventSlim never = new();
        Task<List<UnitResult>> run = RunAsync(OneSlot, Unit.Create("a", _ =>
        {
            _started.SetResult();
            never.Wait(Cancelled);
        }) with
        { Timeout = Minute, GracePeriod = Minute, OnTimeout = TimeoutMeaning.Pass });
        await _started.Task;

        _time.Advance(Minute);
        _time.Advance(Minute);
        UnitResult result = (await run).Single();
        never.Set();

        Assert.AreEqual((Outcome.TimedOut, "timeout, abandoned"), (result.Outcome, result.Reason));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task ProcessWhoseTimeoutPasses_IsASuccess()
    {
        UnitResult result = (await RunAsync(
            Unit.Process("a", "/bin/sh", "-c", "sleep 1000") with { Timeout = TimeSpan.FromMilliseconds(100), OnTimeout = TimeoutMeaning.Pass, Retries = 2 })).Single();

        Assert.AreEqual((Outcome.Succeeded, "timeout", 1), (result.Outcome, result.Reason, result.Attempts.Count));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task DefaultTimeout_HoldsForThoseWhoSayNothing()
    {
        var zero = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<List<UnitResult>> run = RunAsync(
            new SchedulerOptions { MaxParallel = 2, TimeProvider = _time, DefaultTimeout = Minute },
            Unit.Create("a", async context =>
            {
                _started.SetResult();
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
            }),
            Unit.Create("b", () => zero.Task) with { Timeout = TimeSpan.Zero });
        await _started.Task;

        _time.Advance(Minute);
        zero.SetResult();

        Assert.AreEqual("a TimedOut, b Succeeded", string.Join(", ", Text(await run).Split(", ").Order()));
    }

    private async Task<List<UnitResult>> Soak(Unit unit)
    {
        Task<List<UnitResult>> run = RunAsync(
            OneSlot,
            unit with { Timeout = Minute, OnTimeout = TimeoutMeaning.Pass, Retries = 3, Claims = ["db"] },
            Unit.Create("b", context => context.Shared.TryGetValue("x", out object? x) ? x : null) with { Requires = ["a"], Claims = ["db"] });
        await _started.Task;
        _time.Advance(Minute);
        return await run;
    }
}

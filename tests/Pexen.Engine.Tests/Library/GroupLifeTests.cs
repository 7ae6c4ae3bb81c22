using System.Collections.Concurrent;

namespace Pexen.Engine.Tests.Library;

/// <summary>Limits and callbacks of groups in the library (rule 28).</summary>
[TestClass]
public sealed class GroupLifeTests : LibraryTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SteppedTime _time = new();
    private readonly ConcurrentQueue<string> _trace = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private string Trace => string.Join(", ", _trace);

    [TestMethod]
    [TestCategory("EP-09")]
    [TestCategory("EP-R10")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task AllSucceed_CallbacksComeBeforeTheFirstAndAfterTheLast()
    {
        List<UnitResult> results = await RunAsync(
            Options(1, Calling("g")),
            Traced("early"),
            Traced("one") with { Group = "G", Requires = ["early"] },
            Traced("two") with { Group = "g", Requires = ["one"] });

        Assert.AreEqual("early Succeeded, one Succeeded, two Succeeded", Text(results));
        Assert.AreEqual("early, g started , one, two, g succeeded Succeeded, g finished Succeeded", Trace);
    }

    [TestMethod]
    [TestCategory("EP-10")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task OneFails_OnSucceededIsNotCalledAndOnFinishedIs()
    {
        IReadOnlyDictionary<Outcome, int>? outcomes = null;
        UnitGroup group = Calling("g") with
        {
            OnFinished = context =>
            {
                outcomes = context.Outcomes;
                return Say($"finished {context.Outcome}");
            },
        };

        await RunAsync(Options(1, group), Nothing("one") with { Group = "g" }, Throwing("two") with { Group = "g" }, Nothing("three") with { Group = "g", Requires = ["two"] });

        Assert.AreEqual("g started , finished Failed", Trace);
        Assert.AreEqual("Succeeded 1, Failed 1, Skipped 1", string.Join(", ", outcomes!.Select(pair => $"{pair.Key} {pair.Value}")));
    }

    [TestMethod]
    [TestCategory("EP-11")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task GroupsInEachOther_BeginFromTheOutsideAndFinishFromTheInside()
    {
        List<UnitResult> results = await RunAsync(
            Options(1, Calling("in") with { Parent = "out" }, Calling("out")),
            Traced("one") with { Group = "in" },
            Unit.Create("two", context =>
            {
                _trace.Enqueue($"two {context.Attempt}");
                return context.Attempt == 1 ? throw new InvalidOperationException() : 0;
            }) with
            { Group = "out", Requires = ["one"], Retries = 1 });

        Assert.AreEqual("one Succeeded, two Flaky", Text(results));
        Assert.StartsWith("out started , in started , one, ", Trace);

        // What follows the inner group runs beside the unit that is left of the outer one.
        Assert.AreEqual("in succeeded Succeeded, in finished Succeeded, out succeeded Succeeded, out finished Succeeded", string.Join(", ", _trace.Where(said => said.Contains("ed S"))));
        Assert.EndsWith("out succeeded Succeeded, out finished Succeeded", Trace);
    }

    [TestMethod]
    [TestCategory("EP-R7")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task OnStartedThrows_UnitsAreSkippedByNameAndOnFinishedIsCalled()
    {
        var scheduler = new Scheduler(
            [Nothing("one") with { Group = "g" }, Nothing("two") with { Group = "g", Requires = ["one"] }, Nothing("after") with { Requires = ["one"] }, Nothing("other")],
            Options(1, Calling("g") with { OnStarted = _ => throw new IOException("no disk") }));

        List<UnitResult> results = await RunAsync(scheduler);

        Assert.AreEqual("after Skipped, one Skipped, other Succeeded, two Skipped", string.Join(", ", Text(results).Split(", ").Order()));
        Assert.AreEqual(("groupNotStarted", "g", "PEX4001"), (Of(results, "one").Reason, Of(results, "one").CausedBy, Of(results, "one").Code));
        Assert.AreEqual("g finished Failed", Trace);
        Assert.AreEqual("Group 'g': OnStarted threw System.IO.IOException: no disk. Its units are skipped.", WarningsOf(scheduler, "PEX3014").Single());
        Assert.Contains("OnStarted of group 'g' failed", WarningsOf(scheduler, "PEX4001").Single());
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task CallbacksAtTheEndFail_IsSaidAndTheResultsStay()
    {
        var scheduler = new Scheduler(
            [Nothing("one") with { Group = "g" }],
            Options(1, new UnitGroup("g") { OnSucceeded = _ => null!, OnFinished = context => Task.FromException(new IOException($"{context.Outcome}")) }));

        List<UnitResult> results = await RunAsync(scheduler);

        Assert.AreEqual("one Succeeded", Text(results));
        string[] said = WarningsOf(scheduler, "PEX3014");
        Assert.Contains("OnSucceeded threw System.InvalidOperationException: The callback is to return a task, and returned null.", said[0]);
        Assert.Contains("OnFinished threw System.IO.IOException: Failed.", said[1]);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task WhileOnStartedRuns_UnitsWaitWithoutASlot()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var scheduler = new Scheduler(
            [Nothing("one") with { Group = "g", Claims = ["db"] }, Nothing("two") with { Claims = ["db"] }], Options(1, new UnitGroup("g") { OnStarted = _ => go.Task }));
        await using IAsyncEnumerator<UnitResult> reader = scheduler.RunAsync(Cancelled).GetAsyncEnumerator(Cancelled);

        Assert.IsTrue(await reader.MoveNextAsync());
        Assert.AreEqual("two", reader.Current.Name);
        SchedulerSnapshot now = scheduler.Snapshot();
        Assert.AreEqual((1, 1, 0), (now.Ready, now.Ended, now.Held.Count));
        Assert.AreEqual("one: its group", $"{now.Waiting.Single().Name}: {now.Waiting.Single().For.Single()}");
        go.SetResult();
        Assert.IsTrue(await reader.MoveNextAsync());
        Assert.AreEqual(("one", Outcome.Succeeded), (reader.Current.Name, reader.Current.Outcome));
        Assert.IsFalse(await reader.MoveNextAsync());
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task TimeOfTheGroupIsUp_RunningUnitsTimeOutWithoutRetriesAndWaitingOnesAreSkipped()
    {
        var scheduler = new Scheduler(
            [
                Hanging("long") with { Group = "in", Retries = 3, Claims = ["db"] },
                Nothing("waiting") with { Group = "g", Requires = ["long"] },
                Nothing("other") with { Priority = 1 },
                Nothing("needy") with { Claims = ["db"], Priority = 2 },
            ],
            Options(1, new UnitGroup("in") { Parent = "g" }, Calling("g") with { Timeout = Minute }));
        Task<List<UnitResult>> run = RunAsync(scheduler);
        await _started.Task;

        _time.Advance(Minute);
        List<UnitResult> results = await run;

        Assert.AreEqual("long TimedOut, needy Skipped, other Succeeded, waiting Skipped", string.Join(", ", Text(results).Split(", ").Order()));
        Assert.AreEqual(("PEX3002", "group timeout", 1), (Of(results, "long").Code, Of(results, "long").Reason, Of(results, "long").Attempts.Count));
        Assert.AreEqual(("groupTimeout", "g"), (Of(results, "waiting").Reason, Of(results, "waiting").CausedBy));
        Assert.AreEqual("g started , g finished TimedOut", Trace);
        Assert.AreEqual("Group 'g' was ended after its Timeout of 60s: 1 unit stopped, 1 not started.", WarningsOf(scheduler, "PEX3002").Single());
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task TimeOfTheGroupIsUp_ProcessesAreStopped()
    {
        List<UnitResult> results = await RunAsync(
            new SchedulerOptions { Groups = [new UnitGroup("g") { Timeout = TimeSpan.FromMilliseconds(200) }] },
            Unit.Process("a", "/bin/sh", "-c", "sleep 1000 & sleep 1000") with { Group = "g", Retries = 2 });

        Assert.AreEqual((Outcome.TimedOut, "group timeout"), (results.Single().Outcome, results[0].Reason));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task AbandonedByItsGroup_KeepsWhatItHolds()
    {
        using ManualResetEventSlim never = new();
        Task<List<UnitResult>> run = RunAsync(
            Options(1, new UnitGroup("g") { Timeout = Minute }),
            Unit.Create("a", _ =>
            {
                _started.SetResult();
                never.Wait(Cancelled);
            }) with
            { Group = "g", GracePeriod = Minute, Claims = ["db"], OnCrash = Aftermath.ReleaseLocks },
            Nothing("b") with { Claims = ["db"] });
        await _started.Task;

        _time.Advance(Minute);
        _time.Advance(Minute);
        List<UnitResult> results = await run;
        never.Set();

        Assert.AreEqual("a TimedOut, b Skipped", Text(results));
        Assert.AreEqual("group timeout, abandoned", results[0].Reason);
    }

    [TestMethod]
    [TestCategory("EP-12")]
    [TestCategory("EP-R8")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task RunIsCancelled_GroupFinishesAndThenTheRunHasEnded()
    {
        using var cancel = new CancellationTokenSource();
        bool signalled = false;
        UnitGroup group = Calling("g") with
        {
            OnFinished = async context =>
            {
                signalled = context.CancellationToken.IsCancellationRequested;
                await Task.Yield();
                _trace.Enqueue($"finished {context.Outcome} {context.Outcomes[Outcome.Cancelled]}");
            },
        };
        var scheduler = new Scheduler([Hanging("one") with { Group = "g" }, Nothing("two") with { Group = "g", Requires = ["one"] }], Options(1, group));
        List<UnitResult> results = [];
        Task run = Assert.ThrowsExactlyAsync<OperationCanceledException>(async () =>
        {
            await foreach (UnitResult result in scheduler.RunAsync(cancel.Token))
            {
                results.Add(result);
            }
        });
        await _started.Task;

        await cancel.CancelAsync();
        await run;

        Assert.AreEqual("two Cancelled, one Cancelled", Text(results));
        Assert.AreEqual("g started , finished Failed 2", Trace);
        Assert.IsFalse(signalled);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task RunIsCancelledWhileOnStartedRuns_ItIsAskedToEndAndNoFault()
    {
        using var cancel = new CancellationTokenSource();
        var scheduler = new Scheduler(
            [Unit.Create("one", () => Assert.Fail()) with { Group = "g" }],
            Options(1, Calling("g") with
            {
                OnStarted = async context =>
                {
                    _started.SetResult();
                    await Task.Delay(Timeout.Infinite, context.CancellationToken);
                },
            }));
        Task run = Assert.ThrowsExactlyAsync<OperationCanceledException>(async () =>
        {
            await foreach (UnitResult result in scheduler.RunAsync(cancel.Token))
            {
                Assert.AreEqual(Outcome.Cancelled, result.Outcome);
            }
        });
        await _started.Task;

        await cancel.CancelAsync();
        await run;

        Assert.AreEqual("g finished Failed", Trace);
        Assert.IsEmpty(WarningsOf(scheduler, "PEX3014"));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task LoopIsLeftWhileOnFinishedRuns_ItIsWaitedForAndTheRunIsNotCancelled()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bool finished = false;
        var scheduler = new Scheduler(
            [Nothing("one") with { Group = "g" }],
            Options(1, new UnitGroup("g")
            {
                OnFinished = async _ =>
                {
                    await ended.Task;
                    finished = true;
                },
            }));

        await foreach (UnitResult result in scheduler.RunAsync())
        {
            ended.SetResult();
            break;
        }

        Assert.IsTrue(finished);
        Assert.IsFalse(scheduler.Snapshot().Outcomes.ContainsKey(Outcome.Cancelled));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task CallbackTakesLongerThanAMinute_IsAskedToEndAndAbandonedAfterItsGrace()
    {
        using ManualResetEventSlim never = new();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var scheduler = new Scheduler([Nothing("one") with { Group = "g" }], Options(1, Calling("g") with
        {
            OnStarted = context =>
            {
                context.CancellationToken.Register(asked.SetResult);
                _started.SetResult();
                never.Wait(Cancelled);
                return Task.CompletedTask;
            },
        }) with
        { GracePeriod = Minute });
        Task<List<UnitResult>> run = RunAsync(scheduler);
        await _started.Task;

        _time.Advance(Minute);
        await asked.Task;
        Assert.AreEqual("", Trace);
        _time.Advance(Minute);
        List<UnitResult> results = await run;
        never.Set();

        Assert.AreEqual("one Skipped", Text(results));
        Assert.AreEqual("g finished Failed", Trace);
        Assert.Contains("OnStarted was asked to end after 60s", WarningsOf(scheduler, "PEX3014").Single());
    }

    [TestMethod]
    [TestCategory("EP-R8")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task NoUnitOfTheGroupStarts_NothingIsCalled()
    {
        await RunAsync(Options(1, Calling("g"), Calling("empty")), Throwing("bad"), Nothing("one") with { Group = "g", Requires = ["bad"] });

        Assert.AreEqual("", Trace);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task UnitsThatAreAdded_BelongToTheGroupWhileItIsNotOver()
    {
        List<UnitResult> results = await RunAsync(
            Options(1, Calling("g")),
            Unit.Create("one", context => context.Add(Traced("added") with { Group = "g" })) with { Group = "g" });

        Assert.AreEqual("one Succeeded, added Succeeded", Text(results));
        Assert.AreEqual("g started , added, g succeeded Succeeded, g finished Succeeded", Trace);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task UnitIsAddedToAGroupThatIsOver_IsSkippedAndSaysSo()
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        List<UnitResult> results = await RunAsync(
            Options(2, new UnitGroup("g") { OnFinished = _ => { over.SetResult(); return Task.CompletedTask; } }),
            Nothing("one") with { Group = "g" },
            Unit.Create("writer", async context =>
            {
                await over.Task;
                context.Add(Nothing("two") with { Group = "g" });
            }));

        Assert.AreEqual((Outcome.Skipped, "groupFinished", "g"), (Of(results, "two").Outcome, Of(results, "two").Reason, Of(results, "two").CausedBy));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task SecondRun_CallsAllAgain()
    {
        var scheduler = new Scheduler([Nothing("one") with { Group = "g" }], Options(1, Calling("g")));

        await RunAsync(scheduler);
        await RunAsync(scheduler);

        Assert.AreEqual("g started , g succeeded Succeeded, g finished Succeeded, g started , g succeeded Succeeded, g finished Succeeded", Trace);
    }

    [TestMethod]
    public void WhatCannotBe_IsRefused()
    {
        foreach (UnitGroup[] groups in (UnitGroup[][])
            [
                [new UnitGroup("g") { Timeout = -Minute }],
                [new UnitGroup("g") { Timeout = TimeSpan.MaxValue }],
                [new UnitGroup("g") { Timeout = Minute }, new UnitGroup("G")],
                [Calling("g"), Calling("G") with { OnStarted = null }],
                [new UnitGroup("g") { OnStarted = _ => Say("a") }, new UnitGroup("g") { OnStarted = _ => Say("b") }],
            ])
        {
            PlanException problem = Assert.ThrowsExactly<PlanException>(() => new Scheduler([], Options(1, groups)));
            Assert.IsTrue(problem.Problems.All(one => one.Code == "PEX1006"), problem.Message);
        }

        UnitGroup same = Calling("g");
        Assert.IsNotNull(new Scheduler([], Options(1, same, same)));
    }

    private SchedulerOptions Options(int slots, params UnitGroup[] groups) => new() { MaxParallel = slots, TimeProvider = _time, Groups = groups };

    private UnitGroup Calling(string name) => new(name)
    {
        OnStarted = context => Say($"{context.Name} started {context.Outcome}"),
        OnSucceeded = context => Say($"{context.Name} succeeded {context.Outcome}"),
        OnFinished = context => Say($"{context.Name} finished {context.Outcome}"),
    };

    private Task Say(string text)
    {
        _trace.Enqueue(text);
        return Task.CompletedTask;
    }

    private Unit Traced(string name) => Unit.Create(name, () => { _trace.Enqueue(name); });

    private Unit Hanging(string name) => Unit.Create(name, async context =>
    {
        _started.TrySetResult();
        await Task.Delay(Timeout.Infinite, context.CancellationToken);
    });
}

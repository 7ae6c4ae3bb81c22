using System.Collections.Concurrent;
using Pexen.Records;

namespace Pexen.Engine.Tests.Library;

/// <summary>Units that clean up after others (rules 24, 25).</summary>
[TestClass]
public sealed class FinalizerTests : LibraryTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SteppedTime _time = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SchedulerOptions OneSlot => new() { MaxParallel = 1, TimeProvider = _time };

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task Finalizer_RunsAfterItsUnitAndAllThatNeedIt()
    {
        List<UnitResult> results = await RunAsync(
            OneSlot,
            Nothing("clean") with { Finalizes = ["setup"] },
            Nothing("setup"),
            Nothing("use") with { Requires = ["setup"] },
            Nothing("use-more") with { Requires = ["use"] },
            Nothing("other") with { Priority = 9 });

        Assert.AreEqual("setup, use, use-more, clean", string.Join(", ", results.Select(result => result.Name).Where(name => name != "other")));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task UnitCrashes_FinalizerHasItsLockAndItsInstancesAndFreesThemForOthers()
    {
        var scheduler = new Scheduler(
            [
                Unit.Create("bad", context =>
                {
                    context.Shared["id"] = 7;
                    context.Shared["gpu"] = context.Instances["gpu"][0];
                    throw new InvalidOperationException();
                }) with { Claims = ["db"], Uses = ["gpu"] },
                Nothing("needy") with { Claims = ["db"] },
                Unit.Create("clean", context => $"{context.Shared["id"]} {context.Shared["gpu"]} {context.Instances["gpu"][0]}") with { Finalizes = ["bad"], Claims = ["db"], Uses = ["gpu"] },
                Unit.Create("later", context => context.Shared.Count) with { Claims = ["db"], After = ["clean"] },
            ],
            OneSlot with { Resources = [new Resource("gpu") { Instances = ["g0"] }] });

        List<UnitResult> results = await RunAsync(scheduler);

        Assert.AreEqual((Outcome.Succeeded, "7 g0 g0"), (Of(results, "clean").Outcome, Of(results, "clean").Value));
        Assert.AreEqual((Outcome.Succeeded, 0), (Of(results, "later").Outcome, Of(results, "later").Value));
        Assert.IsEmpty(WarningsOf(scheduler, "PEX4002"));
        Assert.IsEmpty(scheduler.Snapshot().Held);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task OnFailure_RunsOnlyIfSomethingFailed()
    {
        List<UnitResult> results = await RunAsync(
            Nothing("good"),
            Throwing("bad"),
            Throwing("root"),
            Nothing("never") with { Requires = ["root"] },
            Nothing("after-good") with { Finalizes = ["good"], FinalizesOn = FinalizesOn.Failure },
            Nothing("after-bad") with { Finalizes = ["bad"], FinalizesOn = FinalizesOn.Failure },
            Nothing("after-never") with { Finalizes = ["never"] });

        Assert.AreEqual((Outcome.NotNeeded, "notNeeded"), (Of(results, "after-good").Outcome, Of(results, "after-good").Reason));
        Assert.AreEqual(Outcome.Succeeded, Of(results, "after-bad").Outcome);
        Assert.AreEqual(Outcome.NotNeeded, Of(results, "after-never").Outcome);
        Assert.IsNull(Of(results, "after-never").Started);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task FailFast_LeavesFinalizersAlone()
    {
        List<UnitResult> results = await RunAsync(
            OneSlot with { FailurePolicy = FailurePolicy.FailFast },
            Throwing("bad") with { Claims = ["db"] },
            Nothing("other") with { Priority = 1 },
            Unit.Create("clean", context => context.Attempt < 2 ? throw new InvalidOperationException() : 0) with { Finalizes = ["bad"], Claims = ["db"], Retries = 1 });

        Assert.AreEqual("bad Failed, clean Flaky, other Skipped", string.Join(", ", Text(results).Split(", ").Order()));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task RunIsCancelled_FinalizersRunWithATokenThatIsNotSignalled()
    {
        using var cancel = new CancellationTokenSource();
        bool? signalled = null;
        var scheduler = new Scheduler(
            [
                Hanging("setup"),
                Nothing("use") with { Requires = ["setup"] },
                Unit.Create("clean", async context =>
                {
                    await Task.Yield();
                    signalled = context.CancellationToken.IsCancellationRequested;
                }) with { Finalizes = ["setup"] },
                Unit.Milestone("cleaned") with { Finalizes = ["clean"] },
            ],
            OneSlot);
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

        Assert.AreEqual("use Cancelled, setup Cancelled, clean Succeeded, cleaned Succeeded", Text(results));
        Assert.IsFalse(signalled);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task LoopIsLeft_FinalizersRunAndAreWaitedFor()
    {
        ConcurrentQueue<string> trace = new();
        var scheduler = new Scheduler(
            [
                Nothing("setup"),
                Hanging("use") with { Requires = ["setup"] },
                Unit.Create("clean", async () =>
                {
                    await Task.Delay(20);
                    trace.Enqueue("cleaned");
                }) with { Finalizes = ["setup"] },
            ],
            new SchedulerOptions { MaxParallel = 1 });

        await foreach (UnitResult result in scheduler.RunAsync())
        {
            await _started.Task;
            break;
        }

        Assert.AreEqual("cleaned", trace.Single());
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task TimeOfTheRunIsUp_FinalizersHaveATimeOfTheirOwnTogether()
    {
        var cleaning = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var scheduler = new Scheduler(
            [
                Hanging("setup"),
                Unit.Create("clean", async context =>
                {
                    cleaning.SetResult();
                    await Task.Delay(Timeout.Infinite, context.CancellationToken);
                }) with { Finalizes = ["setup"] },
                Nothing("last") with { Finalizes = ["clean"] },
            ],
            OneSlot with { Timeout = Minute, FinalizerTimeout = 2 * Minute });
        Task<List<UnitResult>> run = RunAsync(scheduler);
        await _started.Task;

        _time.Advance(Minute);
        await cleaning.Task;
        _time.Advance((2 * Minute) - TimeSpan.FromMilliseconds(1));
        Assert.IsFalse(scheduler.Snapshot().Running.Single().Stopping);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        List<UnitResult> results = await run;

        Assert.AreEqual("setup TimedOut, last Cancelled, clean TimedOut", Text(results));
        Assert.Contains("The clean-up after the run was ended after its FinalizerTimeout (2m): 1 finalizer stopped, 1 not started.", string.Join('\n', WarningsOf(scheduler, "PEX3005")));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task ProcessThatFailed_LeavesItsValuesToItsFinalizerAlone()
    {
        List<UnitResult> results = await RunAsync(
            OneSlot,
            Shell("setup", "echo id=42 >>$PEXEN_OUTPUT; echo PORT=5432 >>$PEXEN_ENV; exit 3"),
            Shell("clean", "echo $PEXEN_SHARED_ID $PORT") with { Finalizes = ["setup"] },
            Shell("after", "echo none:$PEXEN_SHARED_ID") with { After = ["setup"] });

        Assert.AreEqual(("42 5432\n", "none:\n"), (Of(results, "clean").Output, Of(results, "after").Output));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task SuccessfulUnit_LeavesItsValuesToItsFinalizerToo()
    {
        List<UnitResult> results = await RunAsync(
            OneSlot,
            Unit.Create("one", context => { context.Shared["x"] = 1; }),
            Unit.Create("two", context => { context.Shared["y"] = (int)context.Shared["x"]! + 1; }) with { Requires = ["one"] },
            Unit.Create("clean", context => $"{context.Shared["x"]} {context.Shared["y"]}") with { Finalizes = ["one", "two"] });

        Assert.AreEqual("1 2", Of(results, "clean").Value);
    }

    [TestMethod]
    public void WhatCannotBe_IsRefused()
    {
        foreach ((string code, Unit[] units) in ((string, Unit[])[])
            [
                ("PEX1011", [Nothing("a") with { Finalizes = ["b"] }]),
                ("PEX1004", [Nothing("a") with { Finalizes = ["a"] }]),
                ("PEX1006", [Nothing("a"), Nothing("b") with { Finalizes = ["../a"] }]),
                ("PEX1006", [Nothing("a") with { FinalizesOn = FinalizesOn.Failure }]),
                ("PEX1006", [Nothing("a"), Nothing("b") with { Finalizes = ["a"], FinalizesOn = (FinalizesOn)5 }]),
            ])
        {
            DiagnosticRecord problem = Assert.ThrowsExactly<PlanException>(() => new Scheduler(units)).Problems[0];
            Assert.AreEqual(code, problem.Code, problem.Message);
        }

        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new SchedulerOptions { FinalizerTimeout = -Minute });
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task FinalizerThatIsAdded_IsRefused()
    {
        List<UnitResult> results = await RunAsync(Unit.Create("a", context => context.Add(Nothing("b") with { Finalizes = ["a"] })));

        Assert.AreEqual(("PEX1013", Outcome.Failed), (results.Single().Code, results[0].Outcome));
    }

    private static Unit Shell(string name, string command) => Unit.Process(name, "/bin/sh", "-c", command);

    private Unit Hanging(string name) => Unit.Create(name, async context =>
    {
        _started.TrySetResult();
        await Task.Delay(Timeout.Infinite, context.CancellationToken);
    });
}

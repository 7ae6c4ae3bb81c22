using Pexen.Records;

namespace Pexen.Engine.Tests.Library;

/// <summary>Attempts that are followed by others (rules 16, 18, 19, 21).</summary>
[TestClass]
public sealed class RetryTests : LibraryTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SteppedTime _time = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SchedulerOptions OneSlot => new() { MaxParallel = 1, TimeProvider = _time };

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task FailsTwiceAndThenSucceeds_IsFlakyAndItsDependentsRun()
    {
        var scheduler = new Scheduler(
            [FailingUntil("a", 3) with { Retries = 5 }, Unit.Create("b", context => context.Shared["tries"]) with { Requires = ["a"] }], Slots(1));

        List<UnitResult> results = await RunAsync(scheduler);

        Assert.AreEqual("a Flaky, b Succeeded", Text(results));
        UnitResult flaky = results[0];
        Assert.AreEqual((3, "PEX4003", "attempt 3"), (flaky.Value, flaky.Code, flaky.Reason));
        Assert.AreEqual("1 Failed InvalidOperationException, 2 Failed InvalidOperationException, 3 Succeeded ", AttemptsOf(flaky));
        Assert.AreEqual("try 2", flaky.Attempts[1].Exception!.Message);
        Assert.IsNull(flaky.Exception);
        Assert.AreEqual(3, results[1].Value, "values of attempts that failed count no more");
        Assert.AreEqual(
            "Unit 'a' is flaky: it succeeded at attempt 3. Attempt 2 ended with: InvalidOperationException.", WarningsOf(scheduler, "PEX4003").Single());
        Assert.AreEqual(1, scheduler.Snapshot().Outcomes[Outcome.Flaky]);
    }

    [TestMethod]
    [TestCategory("EP-R9")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task NeverSucceeds_FailsAsItsLastAttemptDid()
    {
        List<UnitResult> results = await RunAsync(Slots(1), FailingUntil("a", 100) with { Retries = 2, Claims = ["db"] }, Nothing("b") with { Claims = ["db"] }, Nothing("c"));

        Assert.AreEqual("a Failed, b Skipped, c Succeeded", Text(results));
        Assert.AreEqual("try 3", results[0].Exception!.Message);
        Assert.HasCount(3, results[0].Attempts);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task OneAttempt_IsInTheListToo()
    {
        List<UnitResult> results = await RunAsync(Slots(1), Throwing("a"), Nothing("b") with { Requires = ["a"] });

        Assert.AreEqual("1 Failed InvalidOperationException", AttemptsOf(results[0]));
        Assert.AreEqual((results[0].Started, results[0].Duration), (results[0].Attempts[0].Started, results[0].Attempts[0].Duration));
        Assert.IsEmpty(results[1].Attempts);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task BetweenAttemptsAfterACrash_ItKeepsItsLockAndNotItsSlot()
    {
        var scheduler = new Scheduler(
            [FailingUntil("a", 2) with { Retries = 1, RetryDelay = Minute, Claims = ["db"] }, Nothing("b") with { Claims = ["db"] }, Nothing("c")], OneSlot);
        await using IAsyncEnumerator<UnitResult> reader = scheduler.RunAsync(Cancelled).GetAsyncEnumerator(Cancelled);

        Assert.IsTrue(await reader.MoveNextAsync());
        Assert.AreEqual("c", reader.Current.Name);
        SchedulerSnapshot now = scheduler.Snapshot();
        Assert.AreEqual((1, 1, 1, 0), (now.Resting, now.Ready, now.Ended, now.Running.Count));
        Assert.AreEqual("db a", string.Join(", ", now.Held.Select(held => $"{held.Resource} {held.Unit}")));
        Assert.AreEqual("a its time, b db, held by a", string.Join(", ", now.Waiting.Select(waiting => $"{waiting.Name} {waiting.For.Single()}")));
        _time.Advance(Minute);
        Assert.IsTrue(await reader.MoveNextAsync());
        Assert.AreEqual((Outcome.Flaky, Minute), (reader.Current.Outcome, reader.Current.Duration));
        Assert.IsTrue(await reader.MoveNextAsync());
        Assert.AreEqual(("b", Outcome.Succeeded), (reader.Current.Name, reader.Current.Outcome));
        Assert.IsFalse(await reader.MoveNextAsync());
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task BetweenAttemptsAfterAFailure_ItHoldsNothing()
    {
        var scheduler = new Scheduler(
            [Shell("a", "exit $((2 - PEXEN_ATTEMPT))") with { Retries = 1, RetryDelay = Minute, Claims = ["db"] }, Nothing("b") with { Claims = ["db"] }], OneSlot);
        await using IAsyncEnumerator<UnitResult> reader = scheduler.RunAsync(Cancelled).GetAsyncEnumerator(Cancelled);

        Assert.IsTrue(await reader.MoveNextAsync());
        Assert.AreEqual(("b", Outcome.Succeeded), (reader.Current.Name, reader.Current.Outcome));
        Assert.IsEmpty(scheduler.Snapshot().Held);
        _time.Advance(Minute);
        Assert.IsTrue(await reader.MoveNextAsync());
        Assert.AreEqual("1 Failed exit code 1, 2 Succeeded ", AttemptsOf(reader.Current));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task Backoff_MultipliesTheDelayUpToFiveMinutes()
    {
        var scheduler = new Scheduler([FailingUntil("a", 4) with { Retries = 9, RetryDelay = Minute, RetryBackoff = 3 }], OneSlot);
        Task<List<UnitResult>> run = RunAsync(scheduler);
        foreach (int minutes in new[] { 1, 3, 5 })
        {
            while (scheduler.Snapshot().Resting == 0)
            {
                await Task.Yield();
            }

            _time.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromTicks(1));
            Assert.AreEqual(1, scheduler.Snapshot().Resting);
            _time.Advance(TimeSpan.FromTicks(1));
        }

        UnitResult result = (await run).Single();
        Assert.AreEqual("0 1 4 9", string.Join(' ', result.Attempts.Select(attempt => (attempt.Started - result.Started!.Value).TotalMinutes)));
    }

    [TestMethod]
    [TestCategory("C-11")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task RetryOnTimeoutAlone_TriesAgainAfterATimeoutAndNotAfterAnException()
    {
        var scheduler = new Scheduler(
            [
                Unit.Create("slow", async context =>
                {
                    _started.TrySetResult();
                    await Task.Delay(context.Attempt == 1 ? Timeout.Infinite : 0, context.CancellationToken);
                }) with { Timeout = Minute, Retries = 1, RetryOn = RetryCauses.Timeout, Claims = ["db"] },
                FailingUntil("bad", 2) with { Retries = 1, RetryOn = RetryCauses.Timeout },
            ],
            OneSlot);
        Task<List<UnitResult>> run = RunAsync(scheduler);
        await _started.Task;
        _time.Advance(Minute);

        List<UnitResult> results = await run;
        Assert.AreEqual("slow Flaky, bad Failed", Text(results));
        Assert.AreEqual("1 TimedOut timeout, 2 Succeeded ", AttemptsOf(results[0]));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task ControlledFailure_IsNotTriedAgain()
    {
        List<UnitResult> results = await RunAsync(Unit.Create("a", () => throw new ControlledFailureException("enough")) with { Retries = 3 });

        Assert.AreEqual(Outcome.ControlledFailure, results.Single().Outcome);
        Assert.HasCount(1, results[0].Attempts);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task Process_IsTriedAgainForTheExitCodesItNamesWithALogForEachAttempt()
    {
        string folder = Directory.CreateTempSubdirectory("pexen-test-").FullName;
        try
        {
            List<UnitResult> results = await RunAsync(
                new SchedulerOptions { MaxParallel = 1, LogFolder = folder },
                Shell("a", "echo try $PEXEN_ATTEMPT; echo n=$PEXEN_ATTEMPT >>$PEXEN_OUTPUT; [ $PEXEN_ATTEMPT = 3 ] || exit 75") with
                {
                    Retries = 9,
                    RetryOn = RetryCauses.None,
                    RetryOnExitCodes = ["70-79"],
                },
                Shell("b", "echo got $PEXEN_SHARED_N") with { Requires = ["a"] },
                Shell("c", "exit 80") with { Retries = 9, RetryOn = RetryCauses.None, RetryOnExitCodes = ["70-79"] },
                Unit.Process("d", "/no/such/program") with { Retries = 2, RetryOn = RetryCauses.NotStarted });

            Assert.AreEqual("a Flaky, b Succeeded, c Failed, d Failed", Text(results));
            Assert.AreEqual("1 Failed exit code 75, 2 Failed exit code 75, 3 Succeeded ", AttemptsOf(results[0]));
            Assert.AreEqual("75 75 0", string.Join(' ', results[0].Attempts.Select(attempt => attempt.ExitCode)));
            Assert.AreEqual("a.log a@2.log a@3.log", string.Join(' ', results[0].Attempts.Select(attempt => Path.GetFileName(attempt.Log))));
            Assert.AreEqual("try 2\n", File.ReadAllText(results[0].Attempts[1].Log!));
            Assert.AreEqual("try 3\n", results[0].Output);
            Assert.AreEqual("got 3\n", results[1].Output);
            Assert.HasCount(1, results[2].Attempts);
            Assert.AreEqual("PEX3003 PEX3003 PEX3003", string.Join(' ', results[3].Attempts.Select(attempt => attempt.Code)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task TotalTimeout_BoundsAttemptsAndTheRestsBetween()
    {
        Unit hanging = Unit.Create("a", async context =>
        {
            _started.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        });
        var scheduler = new Scheduler(
            [hanging with { Timeout = Minute, RetryDelay = Minute, Retries = 9, TotalTimeout = TimeSpan.FromMinutes(2.5) }], OneSlot);
        Task<List<UnitResult>> run = RunAsync(scheduler);
        await _started.Task;

        _time.Advance(Minute);
        await Until(() => scheduler.Snapshot().Resting == 1);
        _time.Advance(Minute);
        await Until(() => scheduler.Snapshot().Running.Count == 1);
        _time.Advance(Minute / 2);
        UnitResult result = (await run).Single();

        Assert.AreEqual("1 TimedOut timeout, 2 TimedOut total timeout", AttemptsOf(result));
        Assert.AreEqual("Unit 'a' was asked to end after its TotalTimeout of 2.5m, which bounds all its attempts.", result.Message);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task NextAttemptWouldBeDueAfterTheTotalTimeout_IsNotMade()
    {
        UnitResult result = (await RunAsync(FailingUntil("a", 2) with { Retries = 9, RetryDelay = Minute, TotalTimeout = Minute })).Single();

        Assert.AreEqual((Outcome.Failed, 1), (result.Outcome, result.Attempts.Count));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task FailFastWhileItRests_IsSkippedWithItsAttemptsAndWhatItKeptStaysHeld()
    {
        var scheduler = new Scheduler(
            [FailingUntil("a", 2) with { Retries = 1, RetryDelay = Minute, Claims = ["db"] }, Throwing("b")],
            OneSlot with { FailurePolicy = FailurePolicy.FailFast });

        List<UnitResult> results = await RunAsync(scheduler);

        Assert.AreEqual("a Skipped, b Failed", string.Join(", ", Text(results).Split(", ").Order()));
        Assert.AreEqual(("failFast", "1 Failed InvalidOperationException"), (Of(results, "a").Reason, AttemptsOf(Of(results, "a"))));
        Assert.IsNotNull(Of(results, "a").Started);
        Assert.Contains("held db until", WarningsOf(scheduler, "PEX4002").Single());
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task CancelledWhileItRests_IsCancelledWithItsAttempts()
    {
        using var cancel = new CancellationTokenSource();
        var scheduler = new Scheduler([FailingUntil("a", 2) with { Retries = 1, RetryDelay = Minute }], OneSlot);
        List<UnitResult> results = [];
        Task run = Assert.ThrowsExactlyAsync<OperationCanceledException>(async () =>
        {
            await foreach (UnitResult result in scheduler.RunAsync(cancel.Token))
            {
                results.Add(result);
            }
        });
        await Until(() => scheduler.Snapshot().Resting == 1);

        await cancel.CancelAsync();
        await run;

        Assert.AreEqual("a Cancelled", Text(results));
        Assert.AreEqual("1 Failed InvalidOperationException", AttemptsOf(results[0]));
        _time.Advance(Minute);
        Assert.IsFalse(scheduler.Snapshot().IsRunning);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task AbandonedDelegate_IsNotTriedAgainForItMayStillBeAtWork()
    {
        using ManualResetEventSlim never = new();
        int calls = 0;
        Task<List<UnitResult>> run = RunAsync(OneSlot, Unit.Create("a", context =>
        {
            calls++;
            _started.TrySetResult();
            never.Wait(Cancelled);
        }) with
        { Timeout = Minute, GracePeriod = Minute, Retries = 3 });
        await _started.Task;

        _time.Advance(Minute);
        _time.Advance(Minute);
        UnitResult result = (await run).Single();
        never.Set();

        Assert.AreEqual((Outcome.TimedOut, "timeout, abandoned", 1, 1), (result.Outcome, result.Reason, result.Attempts.Count, calls));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task UnitsItAdds_CountFromTheAttemptThatProvidesAndRefusalsAreTriedAgain()
    {
        List<UnitResult> results = await RunAsync(
            Slots(1),
            Unit.Create("a", context =>
            {
                context.Add(Nothing(context.Attempt == 2 ? "not / a name /" : $"added{context.Attempt}"));
                return context.Attempt == 1 ? throw new InvalidOperationException() : 0;
            }) with
            { Retries = 2 });

        Assert.AreEqual("a Flaky, added3 Succeeded", Text(results));
        Assert.AreEqual("1 Failed InvalidOperationException, 2 Failed added units refused, 3 Succeeded ", AttemptsOf(results[0]));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task InstancesAfterACrash_AreTheSameAgain()
    {
        List<string> had = [];
        List<UnitResult> results = await RunAsync(
            OneSlot with { Resources = [new Resource("gpu") { Instances = ["0", "1"] }] },
            Unit.Create("a", context =>
            {
                had.Add(string.Join(';', context.Instances["gpu"]));
                return context.Attempt < 3 ? throw new InvalidOperationException() : 0;
            }) with
            { Retries = 2, Uses = ["gpu"] },
            Nothing("b") with { Claims = ["gpu"] });

        Assert.AreEqual("a Flaky, b Succeeded", Text(results));
        Assert.AreEqual("0 0 0", string.Join(' ', had));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task DefaultRetries_HoldForThoseWhoSayNothing()
    {
        List<UnitResult> results = await RunAsync(
            new SchedulerOptions { MaxParallel = 1, DefaultRetries = 1 }, FailingUntil("a", 2), FailingUntil("b", 2) with { Retries = 0 }, Unit.Milestone("c"));

        Assert.AreEqual("a Flaky, b Failed, c Succeeded", string.Join(", ", Text(results).Split(", ").Order()));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task ManyUnitsThatFailNowAndThen_AllSucceedAtLastUnderTheirLocks()
    {
        int[] inUse = new int[4];
        Unit[] units = [.. Enumerable.Range(0, 400).Select(number => Unit.Create($"u{number}", context =>
        {
            Assert.AreEqual(1, Interlocked.Increment(ref inUse[number % 4]));
            Interlocked.Decrement(ref inUse[number % 4]);
            return context.Attempt <= number % 5 ? throw new InvalidOperationException() : context.Attempt;
        }) with { Claims = [$"lock{number % 4}"], Retries = 4, RetryDelay = TimeSpan.FromMilliseconds(number % 3) })];

        List<UnitResult> results = await RunAsync(new SchedulerOptions { MaxParallel = 4 }, units);

        Assert.AreEqual((80, 320), (results.Count(result => result.Outcome == Outcome.Succeeded), results.Count(result => result.Outcome == Outcome.Flaky)));
        Assert.IsTrue(results.All(result => (int)result.Value! == result.Attempts.Count));
    }

    [TestMethod]
    [DataRow("Retries")]
    [DataRow("RetryDelay")]
    [DataRow("RetryBackoff")]
    [DataRow("RetryOn")]
    [DataRow("RetryOnExitCodes")]
    [DataRow("TotalTimeout")]
    [DataRow("StartDelay")]
    [DataRow("OnTimeout")]
    [DataRow("Timeout")]
    public void ValueThatCannotBe_IsToldByName(string member)
    {
        Unit process = Unit.Process("a", "true");
        Unit[] bad = member switch
        {
            "Retries" => [process with { Retries = -1 }, process with { Retries = 1001 }],
            "RetryDelay" => [process with { RetryDelay = TimeSpan.FromTicks(-1) }, process with { RetryDelay = TimeSpan.FromMinutes(6) }],
            "RetryBackoff" => [process with { RetryBackoff = 0.9 }, process with { RetryBackoff = double.NaN }, process with { RetryBackoff = double.PositiveInfinity }],
            "RetryOn" => [process with { RetryOn = RetryCauses.System }, process with { RetryOn = (RetryCauses)64 }],
            "RetryOnExitCodes" => [process with { RetryOnExitCodes = ["x"] }, process with { RetryOnExitCodes = ["0-3"] }],
            "TotalTimeout" => [process with { TotalTimeout = TimeSpan.FromTicks(-1) }, process with { TotalTimeout = TimeSpan.MaxValue }],
            "StartDelay" => [process with { StartDelay = TimeSpan.FromTicks(-1) }, process with { StartDelay = TimeSpan.MaxValue }],
            "OnTimeout" => [process with { OnTimeout = (TimeoutMeaning)2 }],
            _ => [process with { Timeout = TimeSpan.FromTicks(-1) }, process with { Timeout = TimeSpan.MaxValue }],
        };

        foreach (Unit unit in bad)
        {
            DiagnosticRecord problem = Assert.ThrowsExactly<PlanException>(() => new Scheduler([unit])).Problems.Single();
            Assert.AreEqual(("PEX1006", "a"), (problem.Code, problem.Unit));
            Assert.Contains(member, problem.Message);
        }
    }

    [TestMethod]
    public void WhatWouldBeIgnored_IsRefused()
    {
        Assert.ThrowsExactly<PlanException>(() => new Scheduler([Nothing("a") with { RetryOnExitCodes = ["3"] }]));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new SchedulerOptions { DefaultRetries = -1 });
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new SchedulerOptions { DefaultRetries = 1001 });
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new SchedulerOptions { DefaultTimeout = TimeSpan.FromTicks(-1) });
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new SchedulerOptions { Timeout = TimeSpan.MaxValue });
    }

    private static Unit FailingUntil(string name, int attempt) => Unit.Create(name, context =>
    {
        if (!context.Shared.ContainsKey("tries"))
        {
            context.Shared["tries"] = context.Attempt;
        }

        return context.Attempt < attempt ? throw new InvalidOperationException($"try {context.Attempt}") : context.Attempt;
    });

    private static Unit Shell(string name, string command) => Unit.Process(name, "/bin/sh", "-c", command);

    private static string AttemptsOf(UnitResult result) =>
        string.Join(", ", result.Attempts.Select(attempt => $"{attempt.Number} {attempt.Outcome} {attempt.Reason}"));

    private async Task Until(Func<bool> isSo)
    {
        while (!isSo())
        {
            await Task.Delay(1, Cancelled);
        }
    }
}

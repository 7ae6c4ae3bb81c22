namespace Pexen.Engine.Tests.Library;

[TestClass]
public sealed class FailureTests : LibraryTests
{
    [TestMethod]
    [TestCategory("PX-27")]
    [TestCategory("PX-R6")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task ProviderThrows_DependentsAreSkippedAndNameTheRoot()
    {
        var scheduler = new Scheduler(
            [
                Throwing("root") with { Provides = ["a", "b", "c"] },
                Nothing("middle") with { Requires = ["a", "b", "c"] },
                Nothing("end") with { Requires = ["middle"] },
                Nothing("other"),
            ],
            Slots(1));

        List<UnitResult> results = await RunAsync(scheduler);

        Assert.AreEqual("root Failed, middle Skipped, end Skipped, other Succeeded", Text(results));
        Assert.AreEqual("root", Of(results, "end").CausedBy);
        Assert.AreEqual("notProvided", Of(results, "end").Reason);
        Assert.IsNull(Of(results, "end").Started);
        Assert.AreEqual("2 units were skipped because 'root' did not provide: middle, end.", WarningsOf(scheduler, "PEX4001").Single());
    }

    [TestMethod]
    [TestCategory("PX-27")]
    [TestCategory("PX-R3")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task ControlledFailureThatDoesNotProvide_FreesItsLocksButSkipsItsDependents()
    {
        var scheduler = new Scheduler(
            [
                Unit.Create("a", () => throw new ControlledFailureException("no") { Provide = false }) with { Claims = ["db"] },
                Nothing("dependent") with { Requires = ["a"] },
                Nothing("waiter") with { Claims = ["db"], Priority = 1 },
            ],
            Slots(2));

        Assert.AreEqual("a ControlledFailure, dependent Skipped, waiter Succeeded", Text(await RunAsync(scheduler)));
        Assert.HasCount(1, scheduler.Warnings);
    }

    [TestMethod]
    [TestCategory("PX-28")]
    [TestCategory("PX-30")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task ControlledFailure_LetsAllGoOnAndCarriesData()
    {
        var scheduler = new Scheduler(
            [
                Unit.Create("a", () => throw new ControlledFailureException("disk slow", new IOException()) { Details = 42, Data = { ["x"] = 1 } }) with { Claims = ["db"] },
                Nothing("b") with { Requires = ["a"], Claims = ["db"] },
            ]);

        List<UnitResult> results = await RunAsync(scheduler);

        Assert.AreEqual("a ControlledFailure, b Succeeded", Text(results));
        Assert.AreEqual(42, results[0].Exception!.Details);
        Assert.AreEqual(1, results[0].Exception!.Exception!.Data["x"]);
        Assert.AreEqual("Pexen.ControlledFailureException", results[0].Exception!.Type);
        Assert.IsEmpty(scheduler.Warnings);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task UnitAllowsLessThanTheException_TheLeastCounts()
    {
        List<UnitResult> results = await RunAsync(
            Unit.Create("a", () => throw new ControlledFailureException()) with { OnControlledFailure = Aftermath.ReleaseLocks }, Nothing("b") with { Requires = ["a"] });

        Assert.AreEqual("a ControlledFailure, b Skipped", Text(results));
    }

    [TestMethod]
    [TestCategory("PX-29")]
    [TestCategory("PX-R7")]
    [TestCategory("PX-T11")]
    [Timeout(Limit, CooperativeCancellation = true)]
    [DataRow(false)]
    [DataRow(true)]
    public async Task HolderCrashes_LockStaysHeldAndWhoNeedsItIsSkippedWithItsName(bool controlled)
    {
        Unit holder = controlled
            ? Unit.Create("holder", () => throw new ControlledFailureException { ReleaseLocks = false })
            : Throwing("holder");
        var scheduler = new Scheduler([holder with { Claims = ["disk/a"] }, Nothing("other") with { Claims = ["disk"] }, Nothing("free") with { Claims = ["net"] }], Slots(1));

        List<UnitResult> results = await RunAsync(scheduler);

        Assert.AreEqual(controlled ? "holder ControlledFailure, other Skipped, free Succeeded" : "holder Failed, other Skipped, free Succeeded", Text(results));
        Assert.AreEqual("disk/a", Of(results, "other").CausedBy);
        Assert.AreEqual("held by holder", Of(results, "other").Reason);
        Assert.HasCount(1, WarningsOf(scheduler, "PEX4002"));
        HeldResource held = scheduler.Snapshot().Held.Single();
        Assert.AreEqual(("disk/a", "holder", true, true), (held.Resource, held.Unit, held.Alone, held.UntilTheEnd));
    }

    [TestMethod]
    [TestCategory("PX-T11")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task OnlyUnitHoldsALockAndFails_OneResultAndOneWarning()
    {
        var scheduler = new Scheduler([Throwing("a") with { Uses = ["x"] }]);

        Assert.AreEqual("a Failed", Text(await RunAsync(scheduler)));
        Assert.AreEqual("PEX4002", scheduler.Warnings.Single().Code);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task SecondRunAfterACrash_BeginsWithAllLocksFree()
    {
        bool broken = true;
        var scheduler = new Scheduler(
            [Unit.Create("a", () => { _ = broken ? throw new InvalidOperationException() : 0; }) with { Claims = ["x"] }, Nothing("b") with { Claims = ["x"] }], Slots(1));
        Assert.AreEqual("a Failed, b Skipped", Text(await RunAsync(scheduler)));

        broken = false;

        Assert.AreEqual("a Succeeded, b Succeeded", Text(await RunAsync(scheduler)));
        Assert.IsEmpty(scheduler.Warnings);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task OnCrash_SaysWhatACrashLeavesBehind()
    {
        List<UnitResult> results = await RunAsync(
            Slots(1),
            Throwing("a") with { Claims = ["x"], OnCrash = Aftermath.ReleaseLocks | Aftermath.Provide },
            Nothing("b") with { Claims = ["x"], Requires = ["a"] });

        Assert.AreEqual("a Failed, b Succeeded", Text(results));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task FailFast_NothingNewStartsAfterSoManyFailures()
    {
        List<UnitResult> results = await RunAsync(
            new SchedulerOptions { MaxParallel = 1, FailurePolicy = FailurePolicy.FailFast, MaxFailures = 2 },
            Throwing("tolerated") with { ContinueOnError = true },
            Throwing("a"),
            Throwing("b"),
            Nothing("c"));

        Assert.AreEqual("tolerated Failed, a Failed, b Failed, c Skipped", Text(results));
        Assert.AreEqual("failFast", results[^1].Reason);
        Assert.AreEqual("b", results[^1].CausedBy);
    }

    [TestMethod]
    [TestCategory("PX-T8")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task SharedValuesOfACrash_AreInItsResultAndGoNoFurther()
    {
        List<UnitResult> results = await RunAsync(
            Slots(1),
            Unit.Create("a", context =>
            {
                context.Shared["half"] = "done";
                throw new InvalidOperationException();
            }),
            Unit.Create("b", context => context.Shared.ContainsKey("half")) with { RequiresAny = ["a|c"] },
            Nothing("c") with { Priority = 1 });

        Assert.AreEqual("done", Of(results, "a").Shared["half"]);
        Assert.AreEqual(false, Of(results, "b").Value);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task DelegateReturnsNoTask_IsACrashThatSaysSo()
    {
        UnitResult result = (await RunAsync(Unit.Create("a", Task () => null!))).Single();

        Assert.AreEqual(Outcome.Failed, result.Outcome);
        Assert.Contains("returned null", result.Message!);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task CancelledOfItsOwn_IsACrashLikeAnyOther()
    {
        List<UnitResult> results = await RunAsync(
            Unit.Create("a", () => throw new OperationCanceledException()), Unit.Create("b", () => Task.FromCanceled(new CancellationToken(true))));

        Assert.AreEqual("Failed Failed", string.Join(' ', results.Select(result => result.Outcome)));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task ExceptionThatThrowsWhenAsked_IsAResultAllTheSame()
    {
        UnitResult result = (await RunAsync(Unit.Create("a", () => throw new BadException()))).Single();

        Assert.AreEqual(Outcome.Failed, result.Outcome);
        Assert.Contains("threw NotSupportedException", result.Exception!.Message);
    }

    private sealed class BadException : Exception
    {
        public override string Message => throw new NotSupportedException();
    }
}

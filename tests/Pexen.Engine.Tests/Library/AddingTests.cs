namespace Pexen.Engine.Tests.Library;

/// <summary>Units that come while a run is under way.</summary>
[TestClass]
public sealed class AddingTests : LibraryTests
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [TestMethod]
    [TestCategory("PX-10")]
    [TestCategory("PX-T1")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task AddedFromOutside_TakePartInTheRunAndInLaterOnes()
    {
        var scheduler = new Scheduler([Unit.Create("first", () => _end.Task), Nothing("second") with { Requires = ["first"] }], Slots(2));
        List<UnitResult> results = [];
        IAsyncEnumerator<UnitResult> reader = scheduler.RunAsync().GetAsyncEnumerator();
        ValueTask<bool> next = reader.MoveNextAsync();

        scheduler.Add(Nothing("third") with { Requires = ["second"], Claims = ["new/lock"] }, Nothing("now"));
        while (await next)
        {
            results.Add(reader.Current);
            _end.TrySetResult();
            next = reader.MoveNextAsync();
        }

        Assert.AreEqual("now Succeeded, first Succeeded, second Succeeded, third Succeeded", Text(results));
        Assert.IsNull(results[0].AddedBy);
        Assert.AreEqual(4, (await RunAsync(scheduler)).Count);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task AddedByAUnit_RunAfterItAndHoldBackWhoAsksForWhatTheyProvide()
    {
        Unit generator = Unit.Create("generator", context =>
        {
            context.Shared["from"] = "generator";
            context.Add([.. Enumerable.Range(0, 1000).Select(number => Unit.Create($"part{number}", part => part.Shared["from"]) with
            {
                Provides = ["parts"], Requires = number == 0 ? ["generator"] : [$"part{number - 1}"],
            })]);
        }) with
        { Provides = ["parts"] };
        var scheduler = new Scheduler([generator, Nothing("all") with { Requires = ["parts"] }], Slots(2));

        List<UnitResult> results = await RunAsync(scheduler);

        Assert.HasCount(1002, results);
        Assert.IsTrue(results.TrueForAll(result => result.Outcome == Outcome.Succeeded));
        Assert.AreEqual("all", results[^1].Name);
        Assert.AreEqual("generator", Of(results, "part999").AddedBy);
        Assert.AreEqual("generator", Of(results, "part999").Value);
        Assert.HasCount(1002, await RunAsync(scheduler));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task AddedUnitsAreWrong_NoneRunsAndTheWriterFails()
    {
        List<UnitResult> results = await RunAsync(
            Slots(1),
            Nothing("early"),
            Unit.Create("writer", context => context.Add(Nothing("good"), Nothing("bad") with { Requires = ["nowhere"] }, Nothing("worse") with { Slots = 0 })),
            Nothing("dependent") with { Requires = ["writer"] });

        Assert.AreEqual("early Succeeded, writer Failed, dependent Skipped", string.Join(", ", Text(results).Split(", ").OrderBy(text => text[0] == 'w' ? 1 : text[0] == 'd' ? 2 : 0)));
        UnitResult writer = Of(results, "writer");
        Assert.AreEqual("PEX1013 added units refused", $"{writer.Code} {writer.Reason}");
        Assert.Contains("worse", writer.Message!);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task AddedUnitProvidesWhatAStartedOneRequired_IsRefused()
    {
        List<UnitResult> results = await RunAsync(
            Slots(1),
            Nothing("provider") with { Provides = ["thing"] },
            Nothing("user") with { Requires = ["thing"] },
            Unit.Create("writer", context => context.Add(Nothing("late") with { Provides = ["thing"] })) with { Requires = ["user"] });

        Assert.AreEqual("provider Succeeded, user Succeeded, writer Failed", Text(results));
        Assert.Contains("has started already", results[^1].Message!);
    }

    [TestMethod]
    [TestCategory("PX-11")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task AddedFromOutsideAreWrong_CallerIsToldAndTheRunGoesOn()
    {
        var scheduler = new Scheduler([Unit.Create("first", () => _end.Task)]);
        IAsyncEnumerator<UnitResult> reader = scheduler.RunAsync().GetAsyncEnumerator();
        ValueTask<bool> next = reader.MoveNextAsync();

        PlanException nowhere = Assert.ThrowsExactly<PlanException>(() => scheduler.Add(Nothing("a"), Nothing("b") with { Requires = ["nowhere"] }));
        PlanException taken = Assert.ThrowsExactly<PlanException>(() => scheduler.Add(Nothing("FIRST")));
        _end.SetResult();

        Assert.AreEqual("PEX1002", nowhere.Problems.Single().Code);
        Assert.AreEqual("PEX1001", taken.Problems.Single().Code);
        Assert.IsTrue(await next);
        Assert.IsFalse(await reader.MoveNextAsync());
        Assert.HasCount(1, await RunAsync(scheduler));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task UnitThatFailsOrAddsTooMany_AddsNothing()
    {
        List<UnitResult> results = await RunAsync(
            new SchedulerOptions { MaxParallel = 1, MaxDynamicUnits = 2 },
            Unit.Create("crash", context =>
            {
                context.Add(Nothing("lost"));
                throw new InvalidOperationException();
            }),
            Unit.Create("two", context => context.Add(Nothing("a"), Nothing("b"))),
            Unit.Create("third", context => context.Add(Nothing("c"))) with { Requires = ["two"] });

        Assert.AreEqual("two Succeeded, crash Failed, third Failed, a Succeeded, b Succeeded", Text(results.OrderBy(result => result.Name.Length == 1)));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task TenThousandAddedOneByOne_AllRun()
    {
        var scheduler = new Scheduler([Unit.Create("first", () => _end.Task)]);
        IAsyncEnumerator<UnitResult> reader = scheduler.RunAsync().GetAsyncEnumerator();
        ValueTask<bool> next = reader.MoveNextAsync();
        for (int number = 0; number < 10_000; number++)
        {
            scheduler.Add(Nothing($"u{number}") with { Requires = [number == 0 ? "first" : $"u{number - 1}"], Claims = [$"c{number % 9}"] });
        }

        _end.SetResult();
        int ended = 0;
        while (await next)
        {
            ended++;
            next = reader.MoveNextAsync();
        }

        Assert.AreEqual(10_001, ended);
    }
}

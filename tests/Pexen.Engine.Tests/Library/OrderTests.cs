using System.Collections.Concurrent;

namespace Pexen.Engine.Tests.Library;

[TestClass]
public sealed class OrderTests : LibraryTests
{
    private readonly ConcurrentQueue<string> _started = new();

    [TestMethod]
    [TestCategory("PX-15")]
    [Timeout(Limit, CooperativeCancellation = true)]
    [DataRow(3, 4, "a b")]
    [DataRow(4, 3, "b a")]
    [DataRow(-1, 0, "a b")]
    public async Task OneSlot_LowerPriorityNumberFirst(int a, int b, string expected)
    {
        await RunAsync(Slots(1), Noted("a") with { Priority = a }, Noted("b") with { Priority = b });

        Assert.AreEqual(expected, Started);
    }

    [TestMethod]
    [TestCategory("PX-16")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task ConsumerHasBetterPriority_ProviderIsFirstAllTheSame()
    {
        await RunAsync(Slots(4), Noted("consumer") with { Priority = -5, Requires = ["thing"] }, Noted("provider") with { Provides = ["thing"], Priority = 5 });

        Assert.AreEqual("provider consumer", Started);
    }

    [TestMethod]
    [TestCategory("PX-17")]
    [TestCategory("PX-T4")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task Chain_RunsInOrderWithMoreSlotsThanUnits()
    {
        await RunAsync(Slots(4), Noted("three") with { Requires = ["two"] }, Noted("two") with { Requires = ["one"] }, Noted("one"));

        Assert.AreEqual("one two three", Started);
    }

    [TestMethod]
    [TestCategory("PX-T5")]
    [TestCategory("PX-R13")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task OneSlot_TiesAreInTheOrderOfDeclarationEveryTime()
    {
        Unit[] units = [.. Enumerable.Range(0, 50).Select(number => Noted($"u{number}"))];
        var scheduler = new Scheduler(units, Slots(1));
        await RunAsync(scheduler);
        string first = Started;
        _started.Clear();

        await RunAsync(scheduler);

        Assert.AreEqual(string.Join(' ', units.Select(unit => unit.Name)), first);
        Assert.AreEqual(first, Started);
    }

    [TestMethod]
    [TestCategory("PX-21")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task TwoUsersOfOneResource_TwoSlots_RunBesideEachOther()
    {
        using Barrier barrier = new(2);
        Unit[] users = [.. "ab".Select(letter => Unit.Create($"{letter}", () => Assert.IsTrue(barrier.SignalAndWait(Limit))) with { Uses = ["printer"] })];

        List<UnitResult> results = await RunAsync(Slots(2), users);

        Assert.IsTrue(results.TrueForAll(result => result.Outcome == Outcome.Succeeded), Text(results));
    }

    [TestMethod]
    [TestCategory("PX-21")]
    [TestCategory("PX-22")]
    [Timeout(Limit, CooperativeCancellation = true)]
    [DataRow(1, true)]
    [DataRow(1, false)]
    [DataRow(2, true)]
    public async Task OneAfterTheOther_BetterPriorityFirst(int slots, bool claims)
    {
        Unit[] writers = [.. "ab".Select(letter => Unit.Create($"{letter}", async () =>
        {
            for (int time = 0; time < 5; time++)
            {
                _started.Enqueue($"{letter}");
                await Task.Yield();
            }
        }) with
        {
            Priority = -letter,
            Claims = claims ? ["printer"] : [],
            Uses = claims ? [] : ["printer"],
        })];

        await RunAsync(Slots(slots), writers);

        Assert.AreEqual("b b b b b a a a a a", Started);
    }

    [TestMethod]
    [TestCategory("PX-R1")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task TwoProvidersOfOneName_AllMustProvide()
    {
        await RunAsync(
            Slots(1), Noted("user") with { Requires = ["db"] }, Noted("one") with { Provides = ["db"] }, Noted("other") with { Provides = ["db"], Priority = 9 });

        Assert.AreEqual("one other user", Started);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task RequiresAny_TheFirstThatProvidesIsEnough()
    {
        TaskCompletionSource slow = new();
        var scheduler = new Scheduler(
            [
                Unit.Create("slow", () => slow.Task) with { Provides = ["db"] },
                Throwing("broken") with { Provides = ["db"] },
                Nothing("quick") with { Provides = ["sqlite 3.1"] },
                Noted("user") with { RequiresAny = ["db|sqlite [3,4)"] },
            ],
            Slots(3));

        await foreach (UnitResult result in scheduler.RunAsync())
        {
            if (result.Name == "user")
            {
                Assert.AreEqual(Outcome.Succeeded, result.Outcome);
                slow.SetResult();
            }
        }

        Assert.AreEqual("user", Started);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task After_WaitsForTheEndHoweverItIs()
    {
        List<UnitResult> results = await RunAsync(Slots(4), Nothing("clean") with { After = ["work", "nobody"] }, Throwing("work"));

        Assert.AreEqual("work Failed, clean Succeeded", Text(results));
    }

    [TestMethod]
    [TestCategory("PX-R10")]
    [TestCategory("PX-T7")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task WaitingClaimer_IsNotOvertakenByLaterUsers()
    {
        // Ticks make readers ready while the first reader still holds the resource and the writer waits for it.
        TaskCompletionSource lastTick = new();
        List<Unit> units =
        [
            Unit.Create("reader0", () => lastTick.Task) with { Uses = ["db"], Priority = -1 },
            Noted("writer") with { Claims = ["db"] },
        ];
        for (int number = 1; number <= 40; number++)
        {
            Unit tick = number == 40 ? Unit.Create("tick40", lastTick.SetResult) : Nothing($"tick{number}");
            units.Add(number == 1 ? tick : tick with { Requires = [$"tick{number - 1}"] });
            units.Add(Noted($"reader{number}") with { Uses = ["db"], Requires = [$"tick{number}"], Priority = 1 });
        }

        await RunAsync(new Scheduler(units, Slots(3)));

        Assert.AreEqual("writer", _started.First(), Started);
        Assert.HasCount(41, _started);
    }

    [TestMethod]
    [TestCategory("PX-R11")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task LowPriorityClaimerThatWaitsForASlot_DoesNotBlockALaterOneOfHighPriority()
    {
        await RunAsync(
            Slots(1),
            Noted("first") with { Priority = 1 },
            Noted("low") with { Claims = ["db"], Priority = 9 },
            Noted("high") with { Claims = ["db"], Priority = 2, Requires = ["first"] });

        Assert.AreEqual("first high low", Started);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task CountedResource_LimitsItsUsers()
    {
        int inside = 0;
        int most = 0;
        Unit[] units = [.. Enumerable.Range(0, 20).Select(number => Unit.Create($"u{number}", async () =>
        {
            int now = Interlocked.Increment(ref inside);
            InterlockedMax(ref most, now);
            await Task.Delay(1);
            Interlocked.Decrement(ref inside);
        }) with { Uses = ["gpu*2"] })];

        await RunAsync(new Scheduler(units, Slots(8) with { Resources = [new Resource("gpu", 5)] }));

        Assert.AreEqual(2, most);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task UnitOfSeveralSlots_KnowsThemAndIsAloneWhereTheyAreAll()
    {
        List<UnitResult> results = await RunAsync(Slots(3), Unit.Create("wide", context => $"{context.Slot} {context.Slots}") with { Slots = 9 }, Nothing("a"), Nothing("b"));

        Assert.AreEqual("1 3", Of(results, "wide").Value);
    }

    private string Started => string.Join(' ', _started);

    private Unit Noted(string name) => Unit.Create(name, () => _started.Enqueue(name));

    private static void InterlockedMax(ref int most, int value)
    {
        for (int seen = most; value > seen;)
        {
            seen = Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}

using System.Collections.Concurrent;

namespace Pexen.Engine.Tests.Library;

[TestClass]
public sealed class GroupTests : LibraryTests
{
    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task GroupHasAWidth_NoMoreOfItsUnitsRunBesideEachOther()
    {
        var together = new Together();
        List<UnitResult> results = await RunAsync(
            new SchedulerOptions { MaxParallel = 8, Groups = [new UnitGroup("vm") { MaxParallel = 2 }] },
            [.. Enumerable.Range(0, 20).Select(i => Unit.Create($"u{i}", together.CountAsync) with { Group = "VM" })]);

        Assert.IsTrue(results.TrueForAll(result => result.Outcome == Outcome.Succeeded));
        Assert.AreEqual(2, together.Most);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task GroupLiesInAnother_BothWidthsHold()
    {
        var inner = new Together();
        var outer = new Together();
        Unit In(string group, int i) => Unit.Create($"{group}{i}", async () => await Task.WhenAll(outer.CountAsync(), group == "inner" ? inner.CountAsync() : Task.CompletedTask)) with
        {
            Group = group,
        };

        await RunAsync(
            new SchedulerOptions { MaxParallel = 8, Groups = [new UnitGroup("inner") { MaxParallel = 1, Parent = "outer" }, new UnitGroup("outer") { MaxParallel = 3 }] },
            [.. Enumerable.Range(0, 8).SelectMany(i => new[] { In("inner", i), In("outer", i) })]);

        Assert.AreEqual((1, 3), (inner.Most, outer.Most));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task ExclusiveGroup_IsAloneAndAsWideAsItSays()
    {
        ConcurrentQueue<string> trace = new();
        var members = new Together();
        Unit Traced(string name, string? group) => Unit.Create(name, async () =>
        {
            trace.Enqueue($"+{name}");
            await (group is null ? Task.Delay(1) : members.CountAsync());
            trace.Enqueue($"-{name}");
        }) with
        { Group = group };

        await RunAsync(
            new SchedulerOptions { MaxParallel = 2, Groups = [new UnitGroup("bench") { Exclusive = true, MaxParallel = 4 }] },
            [.. Enumerable.Range(0, 6).Select(i => Traced($"free{i}", null)), .. Enumerable.Range(0, 8).Select(i => Traced($"bench{i}", "bench"))]);

        int free = 0;
        int bench = 0;
        foreach (string step in trace)
        {
            int change = step[0] == '+' ? 1 : -1;
            free += step[1] == 'f' ? change : 0;
            bench += step[1] == 'b' ? change : 0;
            Assert.IsFalse(free > 0 && bench > 0, string.Join(' ', trace));
        }

        Assert.AreEqual(4, members.Most);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task UnitOfAnExclusiveGroup_MayBeWiderThanTheScheduler()
    {
        List<UnitResult> results = await RunAsync(
            new SchedulerOptions { MaxParallel = 2, Groups = [new UnitGroup("wide") { Exclusive = true, MaxParallel = 6 }] },
            Unit.Create("wide", context => context.Slots) with { Group = "wide", Slots = 5 },
            Unit.Create("clamped", context => context.Slots) with { Slots = 5 });

        Assert.AreEqual((5, 2), (Of(results, "wide").Value, Of(results, "clamped").Value));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task UnitWaitsForItsGroup_SnapshotSaysSo()
    {
        TaskCompletionSource<SchedulerSnapshot> seen = new();
        Scheduler? scheduler = null;
        scheduler = new Scheduler(
            [
                Unit.Create("first", () => seen.SetResult(scheduler!.Snapshot())) with { Group = "g" },
                Nothing("second") with { Group = "g" },
            ],
            new SchedulerOptions { MaxParallel = 2, Groups = [new UnitGroup("g") { MaxParallel = 1 }] });

        await RunAsync(scheduler);

        SchedulerSnapshot snapshot = await seen.Task;
        WaitReason reason = snapshot.Waiting.Single().For.Single();
        Assert.AreEqual((WaitKind.Group, "first", "its group, until first has ended"), (reason.Kind, reason.Unit, $"{reason}"));
        Assert.IsEmpty(snapshot.Held);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task UnitOfAGroupIsAddedDuringTheRun_TheWidthHoldsForItToo()
    {
        var together = new Together();
        Unit[] added = [.. Enumerable.Range(0, 6).Select(i => Unit.Create($"added{i}", together.CountAsync) with { Group = "g" })];

        List<UnitResult> results = await RunAsync(
            new SchedulerOptions { MaxParallel = 8, Groups = [new UnitGroup("g") { MaxParallel = 2 }] }, Unit.Create("adder", context => context.Add(added)));

        Assert.HasCount(7, results);
        Assert.AreEqual(2, together.Most);
    }

    [TestMethod]
    public void WhatIsWrongWithGroups_IsSaidAllAtOnce()
    {
        PlanException wrong = Assert.ThrowsExactly<PlanException>(() => new Scheduler(
            [Nothing("a") with { Group = "bnech" }, Nothing("b") with { Group = "nothing-like-it" }],
            new SchedulerOptions
            {
                Groups =
                [
                    new UnitGroup("bench") { MaxParallel = 2 }, new UnitGroup("BENCH") { MaxParallel = 3 }, new UnitGroup("none") { MaxParallel = 0 }, new UnitGroup("a b"),
                    new UnitGroup("one") { Parent = "two" }, new UnitGroup("two") { Parent = "one" }, new UnitGroup("orphan") { Parent = "nobody" },
                ],
            }));

        string[] problems = [.. wrong.Problems.Select(problem => $"{problem.Code} {problem.Message}").Order(StringComparer.Ordinal)];
        Assert.HasCount(7, problems, string.Join('\n', problems));
        Assert.Contains("PEX1006 Group \"BENCH\": MaxParallel=\"3\"", problems[0]);
        Assert.StartsWith("PEX1006 Group \"a b\": Name=\"a b\"", problems[1]);
        Assert.StartsWith("PEX1006 Group \"none\": MaxParallel=\"0\" is no value", problems[2]);
        Assert.Contains("It would lie in itself: one in two in one", problems[3]);
        Assert.StartsWith("PEX1011 Group \"orphan\": Group=\"nobody\"", problems[4]);
        Assert.Contains("Unit \"a\": Group=\"bnech\" names no group that is declared. Did you mean \"bench\"?", problems[5]);
        Assert.Contains("SchedulerOptions.Groups", problems[6]);
    }

    /// <summary>Counts how many are inside at a time.</summary>
    private sealed class Together
    {
        private int _inside;
        private int _most;

        public int Most => _most;

        public async Task CountAsync()
        {
            int now = Interlocked.Increment(ref _inside);
            for (int most = _most; now > most; most = _most)
            {
                Interlocked.CompareExchange(ref _most, now, most);
            }

            await Task.Delay(20);
            Interlocked.Decrement(ref _inside);
        }
    }
}

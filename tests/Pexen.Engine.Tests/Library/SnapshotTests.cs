namespace Pexen.Engine.Tests.Library;

[TestClass]
public sealed class SnapshotTests : LibraryTests
{
    private readonly SteppedTime _time = new();
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [TestMethod]
    public void BeforeAnyRun_KnowsHowManyThereAre()
    {
        SchedulerSnapshot snapshot = new Scheduler([Nothing("a"), Nothing("b")]).Snapshot();

        Assert.AreEqual((false, 2, 0), (snapshot.IsRunning, snapshot.Total, snapshot.Ended));
        Assert.IsNull(snapshot.Started);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task DuringARun_TellsWhoRunsSinceWhenAndWhatTheOthersWaitFor()
    {
        var scheduler = new Scheduler(
            [
                Nothing("done"),
                Unit.Create("holder", () => _end.Task) with { Claims = ["db"], Uses = ["gpu*2"], Priority = 1, Slots = 2 },
                Nothing("for-lock") with { Uses = ["db"], Priority = 2 },
                Nothing("for-unit") with { Requires = ["holder", "done"] },
                Unit.Create("filler", () => _end.Task) with { Priority = 3 },
                Nothing("for-slot") with { Priority = 4 },
            ],
            new SchedulerOptions { MaxParallel = 3, TimeProvider = _time, Resources = [new Resource("gpu", 4)] });
        SchedulerSnapshot? seen = null;

        await foreach (UnitResult result in scheduler.RunAsync())
        {
            if (result.Name == "done")
            {
                _time.Advance(TimeSpan.FromSeconds(7));
                seen = scheduler.Snapshot();
                _end.SetResult();
            }
        }

        Assert.IsTrue(seen!.IsRunning);
        Assert.AreEqual((6, 1, 2, 1), (seen.Total, seen.WaitingForUnits, seen.Ready, seen.Ended));
        Assert.AreEqual(1, seen.Outcomes[Outcome.Succeeded]);
        Assert.AreEqual("filler 1 7s, holder 2,3 7s", string.Join(", ", seen.Running.Select(unit => $"{unit.Name} {string.Join(',', unit.Slots)} {unit.Running.TotalSeconds}s")));
        Assert.AreEqual(seen.Started, seen.Running[0].Since);
        Assert.AreEqual(
            "for-lock: db, held by holder; for-unit: unit holder; for-slot: slots",
            string.Join("; ", seen.Waiting.Select(unit => $"{unit.Name}: {string.Join(" and ", unit.For)}")));
        Assert.AreEqual(
            "db holder alone, gpu holder 2", string.Join(", ", seen.Held.Select(held => $"{held.Resource} {held.Unit} {(held.Alone ? "alone" : held.Tokens)}")));

        SchedulerSnapshot after = scheduler.Snapshot();
        Assert.AreEqual((false, 6, 6, 0), (after.IsRunning, after.Total, after.Ended, after.Running.Count + after.Waiting.Count + after.Held.Count));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task ManyWait_OnlySoManyAreDescribedAsWereAskedFor()
    {
        var scheduler = new Scheduler([Unit.Create("first", () => _end.Task), .. Enumerable.Range(0, 500).Select(number => Nothing($"u{number}") with { Requires = ["first"] })]);
        IAsyncEnumerator<UnitResult> results = scheduler.RunAsync().GetAsyncEnumerator();
        ValueTask<bool> first = results.MoveNextAsync();

        Assert.HasCount(100, scheduler.Snapshot().Waiting);
        Assert.IsEmpty(scheduler.Snapshot(0).Waiting);
        Assert.HasCount(500, scheduler.Snapshot(int.MaxValue).Waiting);
        Assert.AreEqual(500, scheduler.Snapshot(0).WaitingForUnits);

        _end.SetResult();
        Assert.IsTrue(await first);
        await results.DisposeAsync();
    }
}

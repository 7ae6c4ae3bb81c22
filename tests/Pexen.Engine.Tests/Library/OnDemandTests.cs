namespace Pexen.Engine.Tests.Library;

[TestClass]
public sealed class OnDemandTests : LibraryTests
{
    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task SeveralCouldProvide_TheBestRunsAndTheOthersHaveNoPart()
    {
        var scheduler = new Scheduler(
            [
                Value("sqlite") with { Provides = ["db 3.40"], OnDemand = true },
                Value("pg16") with { Provides = ["db 16.3"], Requires = ["disk"], OnDemand = true },
                Value("ssd") with { Provides = ["disk"], OnDemand = true },
                Value("tape") with { Provides = ["disk"], Priority = 1, OnDemand = true },
                Value("app") with { Requires = ["db [1,)"] },
            ],
            Slots(1));

        Assert.AreEqual(3, scheduler.Snapshot().Total);
        List<UnitResult> results = await RunAsync(scheduler);

        Assert.AreEqual("ssd Succeeded, pg16 Succeeded, app Succeeded", Text(results));
        Assert.IsTrue(results.TrueForAll(result => result.Name.Equals(result.Value)), "each runs its own delegate");
        Assert.AreEqual("db [1,): pg16 16.3; not sqlite 3.40, lower version", scheduler.Choices.Single(choice => choice.StartsWith("db", StringComparison.Ordinal)));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task NobodyAsks_NothingRunsUntilSomebodyDoes()
    {
        var scheduler = new Scheduler([Nothing("tool") with { Provides = ["hammer"], OnDemand = true }, Nothing("after") with { After = ["tool"] }]);
        Assert.AreEqual("after Succeeded", Text(await RunAsync(scheduler)));

        scheduler.Add(Nothing("user") with { Requires = ["hammer"] });

        Assert.AreEqual("tool Succeeded, after Succeeded, user Succeeded", Text((await RunAsync(scheduler)).OrderBy(result => "tau".IndexOf(result.Name[0]))));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task AddedDuringARun_IsRefused()
    {
        List<UnitResult> results = await RunAsync(Unit.Create("adder", context => context.Add(Nothing("late") with { OnDemand = true })));

        UnitResult adder = results.Single();
        Assert.AreEqual((Outcome.Failed, "PEX1013"), (adder.Outcome, adder.Code));
        Assert.Contains("OnDemand", adder.Message!);
    }

    private static Unit Value(string name) => Unit.Create(name, () => name);
}

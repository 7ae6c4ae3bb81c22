namespace Pexen.Engine.Tests.Library;

[TestClass]
public sealed class SharedTests : LibraryTests
{
    [TestMethod]
    [TestCategory("PX-23")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task DependentWritesItsOwn_HasBothAndTheProviderOne()
    {
        List<UnitResult> results = await RunAsync(
            Unit.Create("provider", context => { context.Shared["one"] = 1; }),
            Unit.Create("dependent", context => { context.Shared["two"] = (int)context.Shared["one"]! + 1; }) with { Requires = ["provider"] },
            Unit.Create("stranger", context => context.Shared.Count));

        Assert.AreEqual("one=1", Shown(Of(results, "provider")));
        Assert.AreEqual("one=1 two=2", Shown(Of(results, "dependent")));
        Assert.AreEqual(0, Of(results, "stranger").Value);
    }

    [TestMethod]
    [TestCategory("PX-24")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task IndependentUnitsChangePresets_EachSeesItsOwnChangeOnly()
    {
        List<UnitResult> results = await RunAsync(
            new SchedulerOptions { Presets = new Dictionary<string, object?> { ["a"] = 1, ["b"] = 2 } },
            Unit.Create("one", context => { context.Shared["a"] = 10; }),
            Unit.Create("other", context => { context.Shared["b"] = 20; }),
            Nothing("neither"));

        Assert.AreEqual("a=10 b=2", Shown(Of(results, "one")));
        Assert.AreEqual("a=1 b=20", Shown(Of(results, "other")));
        Assert.AreEqual("a=1 b=2", Shown(Of(results, "neither")));
    }

    [TestMethod]
    [TestCategory("PX-R2")]
    [Timeout(Limit, CooperativeCancellation = true)]
    [DataRow(0, 1)]
    [DataRow(1, 0)]
    public async Task UntouchedPreset_NeverOverwritesWhateverEndsLast(int writerPriority, int otherPriority)
    {
        var scheduler = new Scheduler(
            [
                Unit.Create("writer", context => { context.Shared["wtype"] = "Silicate"; }) with { Priority = writerPriority },
                Unit.Create("other", context => context.Shared["wtype"]) with { Priority = otherPriority },
                Unit.Create("reader", context => context.Shared["wtype"]) with { Requires = ["writer", "other"] },
            ],
            new SchedulerOptions { MaxParallel = 1, Presets = new Dictionary<string, object?> { ["wtype"] = "Terrestrial" } });

        List<UnitResult> results = await RunAsync(scheduler);

        Assert.AreEqual("Silicate", Of(results, "reader").Value);
        Assert.IsEmpty(scheduler.Warnings);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task ValueThatWasInheritedAndRewritten_IsSupersededWithoutAWarning()
    {
        var scheduler = new Scheduler(
            [
                Unit.Create("late", context => { context.Shared["v"] = (int)context.Shared["v"]! + 1; }) with { Requires = ["early"] },
                Unit.Create("early", context => { context.Shared["v"] = 1; }),
                Unit.Create("reader", context => context.Shared["v"]) with { Requires = ["late", "early"] },
                Unit.Milestone("through") with { Requires = ["reader"] },
                Unit.Create("far", context => context.Shared["v"]) with { Requires = ["through"] },
            ]);

        List<UnitResult> results = await RunAsync(scheduler);

        Assert.AreEqual(2, Of(results, "reader").Value);
        Assert.AreEqual(2, Of(results, "far").Value);
        Assert.AreEqual("v=2", Shown(Of(results, "through")));
        Assert.IsEmpty(scheduler.Warnings);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    [DataRow(0, 1)]
    [DataRow(1, 0)]
    public async Task UnorderedWritersDisagree_TheLastDeclaredCountsAndItIsSaid(int onePriority, int otherPriority)
    {
        var scheduler = new Scheduler(
            [
                Unit.Create("one", context => { context.Shared["v"] = 1; }) with { Priority = onePriority },
                Unit.Create("other", context => { context.Shared["v"] = 2; }) with { Priority = otherPriority },
                Unit.Create("reader", context => context.Shared["v"]) with { Requires = ["other", "one"] },
            ],
            Slots(1));

        Assert.AreEqual(2, Of(await RunAsync(scheduler), "reader").Value);
        Assert.Contains("that of 'other' counts, not that of 'one'", WarningsOf(scheduler, "PEX4006").Single());
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task UnorderedWritersAgree_NothingIsSaid()
    {
        var scheduler = new Scheduler(
            [
                Unit.Create("one", context => { context.Shared["v"] = "same"; }),
                Unit.Create("other", context => { context.Shared["v"] = "same"; }),
                Nothing("reader") with { Requires = ["other", "one"] },
            ]);

        await RunAsync(scheduler);

        Assert.IsEmpty(scheduler.Warnings);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task ValueWhoseEqualsThrows_IsAnotherValue()
    {
        var scheduler = new Scheduler(
            [
                Unit.Create("one", context => { context.Shared["v"] = new Odd(); }),
                Unit.Create("other", context => { context.Shared["v"] = new Odd(); }),
                Nothing("reader") with { Requires = ["other", "one"] },
            ]);

        Assert.IsTrue((await RunAsync(scheduler)).TrueForAll(result => result.Outcome == Outcome.Succeeded));
        Assert.HasCount(1, WarningsOf(scheduler, "PEX4006"));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task ValueThatNobodyWrote_IsAskedForByName()
    {
        UnitResult result = (await RunAsync(Unit.Create("a", context => context.Shared["nothing"]))).Single();

        Assert.Contains("Unit 'a' has no shared value 'nothing'", result.Exception!.Message);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task WrittenAfterTheEnd_IsRefusedAndChangesNothing()
    {
        IDictionary<string, object?>? kept = null;
        UnitResult result = (await RunAsync(Unit.Create("a", context =>
        {
            kept = context.Shared;
            kept["v"] = 1;
        }))).Single();

        Assert.ThrowsExactly<InvalidOperationException>(() => kept!["v"] = 2);
        Assert.AreEqual("v=1", Shown(result));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task Shared_IsADictionaryLikeAnyOther()
    {
        UnitResult result = (await RunAsync(
            new SchedulerOptions { Presets = new Dictionary<string, object?> { ["p"] = 1, ["q"] = null } },
            Unit.Create("a", context =>
            {
                IDictionary<string, object?> shared = context.Shared;
                Assert.ThrowsExactly<ArgumentException>(() => shared.Add("p", 2));
                shared.Add("r", 3);
                Assert.IsTrue(shared.Remove("p"));
                Assert.IsFalse(shared.Remove("p"));
                Assert.IsFalse(shared.TryGetValue("p", out _));
                Assert.IsTrue(shared.TryGetValue("q", out object? none) && none is null);
                Assert.AreEqual("q r", string.Join(' ', shared.Keys.Order()));
                shared.Clear();
                Assert.IsEmpty(shared);
                shared["p"] = 4;
            }))).Single();

        Assert.AreEqual("a Succeeded", Text([result]), result.Message);
        Assert.AreEqual("p=4", Shown(result));
    }

    [TestMethod]
    [TestCategory("PX-25")]
    [TestCategory("PX-26")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task Arguments_ReachTheDelegateExactly()
    {
        Dictionary<string, object?> arguments = new() { ["path"] = "x", ["times"] = 3 };

        UnitResult result = (await RunAsync(
            new SchedulerOptions { Presets = new Dictionary<string, object?> { ["p"] = 1 } },
            Unit.Create("a", context => $"{string.Join(' ', context.Arguments.Select(pair => $"{pair.Key}={pair.Value}"))} {context.Shared["p"]}") with
            {
                Arguments = arguments,
            })).Single();

        Assert.AreEqual("path=x times=3 1", result.Value);
        Assert.IsFalse(result.Shared.ContainsKey("path"));
    }

    private static string Shown(UnitResult result) => string.Join(' ', result.Shared.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}={pair.Value}"));

    private sealed class Odd
    {
        public override bool Equals(object? obj) => throw new NotSupportedException();

        public override int GetHashCode() => throw new NotSupportedException();
    }
}

using Pexen.Records;

namespace Pexen.Engine.Tests.Library;

[TestClass]
public sealed class ResultTests : LibraryTests
{
    [TestMethod]
    [TestCategory("PX-01")]
    [TestCategory("PX-02")]
    [TestCategory("PX-03")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task NoUnits_EndAtOnce()
    {
        var scheduler = new Scheduler([]);

        Assert.IsEmpty(await RunAsync(scheduler));
        Assert.IsEmpty(scheduler.Warnings);
        Assert.IsFalse(scheduler.Snapshot().IsRunning);
    }

    [TestMethod]
    [TestCategory("PX-04")]
    [TestCategory("PX-05")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task OneUnit_GivesOneResultWithNothingInIt()
    {
        List<UnitResult> results = await RunAsync(Nothing("a"));

        UnitResult result = results.Single();
        Assert.AreEqual("a Succeeded", Text(results));
        Assert.IsNull(result.Value);
        Assert.IsNull(result.Exception);
        Assert.IsEmpty(result.Shared);
        Assert.IsEmpty(result.Results);
        Assert.IsNull(result.Code);
        Assert.IsNull(result.Reason);
        Assert.IsNotNull(result.Started);
        Assert.AreEqual(1, result.Slot);
    }

    [TestMethod]
    [TestCategory("PX-06")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task UnitIsAddedBeforeTheRun_BothRun()
    {
        var scheduler = new Scheduler([Nothing("a")], Slots(1));
        scheduler.Add(Nothing("b"));

        Assert.AreEqual("a Succeeded, b Succeeded", Text(await RunAsync(scheduler)));
    }

    [TestMethod]
    [TestCategory("PX-07")]
    [TestCategory("PX-T1")]
    [TestCategory("PX-T2")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task SecondRun_RunsAllAgain_WithThoseAddedSince()
    {
        int calls = 0;
        var scheduler = new Scheduler([Unit.Create("a", () => ++calls), Nothing("b") with { Requires = ["a"] }], Slots(1));

        Assert.AreEqual("a Succeeded, b Succeeded", Text(await RunAsync(scheduler)));
        Assert.AreEqual("a Succeeded, b Succeeded", Text(await RunAsync(scheduler)));
        scheduler.Add(Nothing("c") with { Requires = ["b"] });
        Assert.AreEqual("a Succeeded, b Succeeded, c Succeeded", Text(await RunAsync(scheduler)));
        Assert.AreEqual(3, calls);
    }

    [TestMethod]
    [TestCategory("PX-12")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task Results_ComeInTheOrderOfEndsWhileOthersRun()
    {
        TaskCompletionSource slow = new();
        var scheduler = new Scheduler([Unit.Create("slow", () => slow.Task), Nothing("quick"), Nothing("last") with { Requires = ["slow"] }], Slots(2));
        List<string> names = [];

        await foreach (UnitResult result in scheduler.RunAsync())
        {
            names.Add(result.Name);
            if (result.Name == "quick")
            {
                Assert.AreEqual("slow", scheduler.Snapshot().Running.Single().Name);
                slow.SetResult();
            }
        }

        Assert.AreEqual("quick slow last", string.Join(' ', names));
    }

    [TestMethod]
    [TestCategory("PX-13")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task WhatADelegateReturns_IsTheValue()
    {
        List<UnitResult> results = await RunAsync(
            Unit.Create("number", () => 1234),
            Unit.Create("text", () => "a"),
            Unit.Create("of-context", context => context.Name + context.Attempt),
            Unit.Create("async", async () =>
            {
                await Task.Yield();
                return 5;
            }),
            Unit.Create("async-of-context", async context =>
            {
                await Task.Yield();
                return context.Name;
            }),
            Unit.Create("task", async () => await Task.Yield()),
            Unit.Create("task-as-object", object () => Task.CompletedTask),
            Unit.Create("null", string? () => null));

        Assert.AreEqual(1234, Of(results, "number").Value);
        Assert.AreEqual("a", Of(results, "text").Value);
        Assert.AreEqual("of-context1", Of(results, "of-context").Value);
        Assert.AreEqual(5, Of(results, "async").Value);
        Assert.AreEqual("async-of-context", Of(results, "async-of-context").Value);
        Assert.IsNull(Of(results, "task").Value);
        Assert.IsNull(Of(results, "task-as-object").Value);
        Assert.IsNull(Of(results, "null").Value);
        Assert.IsTrue(results.TrueForAll(result => result.Outcome == Outcome.Succeeded), Text(results));
    }

    [TestMethod]
    [TestCategory("PX-34")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task ValueAndSharedValue_ArePassedThroughAsTheyAre()
    {
        Func<int> odd = () => 1;
        Stream open = new MemoryStream();

        UnitResult result = (await RunAsync(Unit.Create("a", context =>
        {
            context.Shared["open"] = open;
            return odd;
        }))).Single();

        Assert.AreSame(odd, result.Value);
        Assert.AreSame(open, result.Shared["open"]);
    }

    [TestMethod]
    [TestCategory("PX-14")]
    [Timeout(Limit, CooperativeCancellation = true)]
    [DataRow(false)]
    [DataRow(true)]
    public async Task DelegateThrows_ResultHasTypeMessageAndStack(bool later)
    {
        UnitResult result = (await RunAsync(Unit.Create("a", async () =>
        {
            if (later)
            {
                await Task.Yield();
            }

            ThrowFormat();
        }))).Single();

        Assert.AreEqual(Outcome.Failed, result.Outcome);
        Assert.AreEqual("System.FormatException", result.Exception!.Type);
        Assert.AreEqual("no number", result.Exception.Message);
        Assert.Contains(nameof(ThrowFormat), result.Exception.StackTrace!);
        Assert.IsInstanceOfType<FormatException>(result.Exception.Exception);
        Assert.AreEqual("FormatException", result.Reason);
        Assert.AreEqual("PEX3001", result.Code);
        Assert.AreEqual("Unit 'a' threw System.FormatException: no number.", result.Message);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task SeveralResultsOfOneUnit_KeepTheirOrder()
    {
        UnitResult result = (await RunAsync(Unit.Create("a", context =>
        {
            context.Results.Add("login", "pass");
            context.Results.Add("logout", "fail", "too slow", "trace.txt", "shot.png");
            context.Results.Add(new ResultRecord("login", "info", null, []));
        }))).Single();

        Assert.AreEqual("login pass, logout fail, login info", string.Join(", ", result.Results.Select(one => $"{one.Name} {one.Status}")));
        Assert.AreEqual("too slow", result.Results[1].Note);
        Assert.AreEqual("trace.txt shot.png", string.Join(' ', result.Results[1].Files));
        Assert.AreEqual(Outcome.Succeeded, result.Outcome);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task StatusThatIsNone_IsRefusedWhereItIsGiven()
    {
        UnitResult result = (await RunAsync(Unit.Create("a", context => context.Results.Add("login", "passed")))).Single();

        Assert.Contains("'passed' is no status: allowed are pass, fail", result.Exception!.Message);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task Milestone_SucceedsWithWhatItRequires()
    {
        List<UnitResult> results = await RunAsync(
            Unit.Milestone("all") with { Requires = ["a", "b"] }, Nothing("a"), Nothing("b"), Unit.Milestone("more") with { Requires = ["all"] });

        Assert.HasCount(4, results);
        Assert.AreEqual("all Succeeded, more Succeeded", Text(results.TakeLast(2)));
    }

    private static void ThrowFormat() => throw new FormatException("no number");
}

namespace Pexen.Engine.Tests.Library;

/// <summary>Instances of counted resources in the library.</summary>
[TestClass]
public sealed class InstanceTests : LibraryTests
{
    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task Delegates_AreToldWhichInstancesTheyHaveAndNeverShareOne()
    {
        HashSet<string> inUse = [];
        Lock gate = new();
        int most = 0;
        Unit[] units = [.. Enumerable.Range(0, 200).Select(number => Unit.Create($"u{number}", (UnitContext context) =>
        {
            IReadOnlyList<string> mine = context.Instances["GPU"];
            lock (gate)
            {
                Assert.IsTrue(mine.All(inUse.Add), "an instance is with two");
                most = Math.Max(most, inUse.Count);
            }

            Thread.SpinWait(2000);
            lock (gate)
            {
                inUse.ExceptWith(mine);
            }

            return mine.Count;
        }) with { Uses = [number % 3 == 0 ? "gpu*2" : "gpu"] })];
        var scheduler = new Scheduler(units, new SchedulerOptions { MaxParallel = 4, Resources = [new Resource("gpu") { Instances = ["a", "b", "c"] }] });

        List<UnitResult> results = await RunAsync(scheduler);

        Assert.IsTrue(results.All(result => result.Outcome == Outcome.Succeeded), results.FirstOrDefault(result => result.Exception is not null)?.Exception?.Message);
        Assert.AreEqual(200 + 67, results.Sum(result => (int)result.Value!));
        Assert.IsInRange(1, 3, most);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task DelegateThrows_ItsInstanceStaysWithItAndTheSnapshotSaysSo()
    {
        List<string> seen = [];
        var scheduler = new Scheduler(
            [
                Unit.Create("bad", () => throw new InvalidOperationException()) with { Uses = ["gpu"] },
                Unit.Create("good", context => seen.AddRange(context.Instances["gpu"])) with { Uses = ["gpu"], After = ["bad"] },
                Unit.Create("named", context => seen.AddRange(context.Instances["gpu"])) with { Uses = ["gpu/1"], After = ["good"] },
                Unit.Create("none", context => seen.Add($"{context.Instances.Count}")) with { After = ["named"] },
            ],
            new SchedulerOptions { MaxParallel = 1, Resources = [new Resource("gpu", 3) { Instances = ["0", "1", "2"] }] });

        await RunAsync(scheduler);

        Assert.AreEqual("2 1 0", string.Join(' ', seen), "1 is named by another unit");
        Assert.AreEqual("bad gpu 0", string.Join(", ", scheduler.Snapshot().Held.Select(held => $"{held.Unit} {held.Resource} {string.Join(';', held.Instances)}")));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public async Task Process_FindsItsInstancesInItsEnvironment()
    {
        var scheduler = new Scheduler(
            [Unit.Process("show", "/bin/sh", "-c", "printf %s \"$PEXEN_RESOURCE_GPU\"") with { Uses = ["gpu*2"] }],
            new SchedulerOptions { Resources = [new Resource("gpu") { Instances = ["0", "1"] }] });

        Assert.AreEqual("0;1", (await RunAsync(scheduler)).Single().Output);
    }

    [TestMethod]
    [DataRow(3, new[] { "0", "1" }, "2 names")]
    [DataRow(null, new[] { "0", "0" }, "twice")]
    [DataRow(null, new[] { "a/b" }, "no .. or /")]
    public void InstancesThatMakeNoSense_AreRefused(int? capacity, string[] instances, string says)
    {
        PlanException problem = Assert.ThrowsExactly<PlanException>(() => new Scheduler(
            [Nothing("a")], new SchedulerOptions { Resources = [new Resource("gpu", capacity) { Instances = instances }] }));

        Assert.AreEqual("PEX1006", problem.Problems.Single().Code);
        Assert.Contains(says, problem.Message);
    }
}

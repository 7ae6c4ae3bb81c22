using Pexen.Engine.Tests.Execution;

namespace Pexen.Engine.Tests.Library;

/// <summary>Memory of all processes of a run together (rule 37).</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class RunMemoryTests : LibraryTests
{
    private const long Megabyte = 1_000_000;

    private string _folder = "";

    [TestInitialize]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("pexen-test-").FullName;

    [TestCleanup]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    [TestCategory("EP-05")]
    [TestCategory("C-23")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task TogetherTheyHaveTooMuch_OneGivesWayAndRunsLater()
    {
        var scheduler = new Scheduler(
            [Holding("a", 150) with { Claims = ["x"] }, Holding("b", 150) with { Claims = ["y"] }, Holding("c", 150) with { Claims = ["z"] }],
            new SchedulerOptions { MaxParallel = 3, MemoryLimit = 450 * Megabyte });

        List<UnitResult> results = await RunUntilOneGivesWayAsync(scheduler);

        Assert.IsTrue(results.All(result => result.Outcome == Outcome.Succeeded), Text(results));
        UnitResult later = results.Single(result => result.Attempts.Count == 2);
        Assert.AreEqual((Outcome.Cancelled, "preempted", "PEX3010"), (later.Attempts[0].Outcome, later.Attempts[0].Reason, later.Attempts[0].Code));
        Assert.AreEqual(Outcome.Succeeded, later.Attempts[1].Outcome);
        Assert.AreSame(later, results[^1], "it runs when there is room again");
        Assert.IsGreaterThan(150 * Megabyte, results.Max(result => result.PeakMemory)!.Value);
        Assert.Contains("and SchedulerOptions.MemoryLimit is 450MB. Until it is over at most 2 units run at a time.", WarningsOf(scheduler, "PEX3010").Single());
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task OneIsNotPreemptible_TheOtherGivesWayAlthoughItHasLess()
    {
        var scheduler = new Scheduler(
            [Holding("keeps", 250) with { Preemptible = false }, Holding("gives", 120)],
            new SchedulerOptions { MaxParallel = 2, MemoryLimit = 320 * Megabyte });

        List<UnitResult> results = await RunUntilOneGivesWayAsync(scheduler);

        Assert.AreEqual("keeps Succeeded, gives Succeeded", Text(results));
        Assert.AreEqual((1, 2), (results[0].Attempts.Count, results[1].Attempts.Count));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task AloneItHasTooMuch_ItFailsAndIsNotQueuedAgain()
    {
        List<UnitResult> results = await RunAsync(
            new SchedulerOptions { MaxParallel = 2, MemoryLimit = 200 * Megabyte }, Holding("a", 300) with { Retries = 3 }, Nothing("b") with { Requires = ["a"] });

        Assert.AreEqual("a Failed, b Skipped", Text(results));
        Assert.AreEqual(("PEX3010", "run memory limit", 1), (results[0].Code, results[0].Reason, results[0].Attempts.Count));
        Assert.Contains("while no other unit ran, and SchedulerOptions.MemoryLimit is 200MB", results[0].Message!);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task CancelledWhileOneIsQueuedAgain_HasTheAttemptThatItHad()
    {
        using var cancel = new CancellationTokenSource();
        var scheduler = new Scheduler([Holding("a", 150), Holding("b", 150)], new SchedulerOptions { MaxParallel = 2, MemoryLimit = 250 * Megabyte });
        List<UnitResult> results = [];
        Task run = Assert.ThrowsExactlyAsync<OperationCanceledException>(async () =>
        {
            await foreach (UnitResult result in scheduler.RunAsync(cancel.Token))
            {
                results.Add(result);
            }
        });
        await OneGivesWayAsync(scheduler);

        await cancel.CancelAsync();
        await run;

        Assert.IsTrue(results.All(result => result is { Outcome: Outcome.Cancelled, Attempts.Count: 1 }), Text(results));
        Assert.AreEqual("cancelled, preempted", string.Join(", ", results.Select(result => result.Attempts[0].Reason).Order()));
    }

    [TestMethod]
    public void LimitThatCannotBe_IsRefusedOrWarnedOf()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new SchedulerOptions { MemoryLimit = 999_999 });
        Assert.IsNull(new SchedulerOptions { MemoryLimit = null }.MemoryLimit);
        Assert.Contains("is more than this machine has", WarningsOf(new Scheduler([], new SchedulerOptions { MemoryLimit = long.MaxValue }), "PEX1006").Single());
    }

    /// <summary>Has so much memory until the file <c>go</c> is there.</summary>
    private Unit Holding(string name, int megabytes) => Unit.Process(
        name,
        "/bin/sh",
        "-c",
        $"f=$PEXEN_UNIT.$PEXEN_ATTEMPT; '{Rig.Dotnet}' exec '{Rig.Child}' allocate {megabytes} $f & p=$!; "
            + "while [ ! -e $f ] || [ ! -e go ]; do sleep 0.05; done; sleep 0.3; kill $p; exit 0") with
    { WorkingDirectory = _folder };

    private async Task<List<UnitResult>> RunUntilOneGivesWayAsync(Scheduler scheduler)
    {
        Task<List<UnitResult>> run = RunAsync(scheduler);
        await OneGivesWayAsync(scheduler);
        await File.WriteAllTextAsync(Path.Combine(_folder, "go"), "", Cancelled);
        return await run;
    }

    private async Task OneGivesWayAsync(Scheduler scheduler)
    {
        while (WarningsOf(scheduler, "PEX3010").Length == 0)
        {
            await Task.Delay(5, Cancelled);
        }
    }
}

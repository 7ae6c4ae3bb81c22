using Pexen.Engine.Tests.Execution;
using Pexen.Records;

namespace Pexen.Engine.Tests.Library;

/// <summary>Limits of memory in the library (rule 37).</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class MemoryLimitTests : LibraryTests
{
    private const long Megabyte = 1_000_000;

    private string _folder = "";

    [TestInitialize]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("pexen-test-").FullName;

    [TestCleanup]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    [TestCategory("EP-04")]
    [TestCategory("C-24")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task ProcessTakesMoreThanItsLimit_IsStoppedAndFailsAsACrash()
    {
        List<UnitResult> results = await RunAsync(
            Slots(1), Allocating("a", 300) with { MemoryLimit = 200 * Megabyte, Retries = 2, Claims = ["db"] }, Nothing("b") with { Claims = ["db"] });

        Assert.AreEqual("a Failed, b Skipped", Text(results));
        UnitResult result = results[0];
        Assert.AreEqual(("PEX3010", "memory limit", 1), (result.Code, result.Reason, result.Attempts.Count));
        Assert.IsGreaterThan(200 * Megabyte, result.PeakMemory!.Value);
        Assert.Contains("and its MemoryLimit is 200MB.", result.Message!);
        Assert.IsNull(results[1].PeakMemory);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task RetryOnMemory_TriesAgain()
    {
        string command = $"[ $PEXEN_ATTEMPT = 2 ] || exec {Child} allocate 300 never-there";

        UnitResult result = (await RunAsync(
            Unit.Process("a", "/bin/sh", "-c", command) with { MemoryLimit = 200 * Megabyte, Retries = 1, RetryOn = RetryCauses.Memory, WorkingDirectory = _folder })).Single();

        Assert.AreEqual((Outcome.Flaky, "memory limit"), (result.Outcome, result.Attempts[0].Reason));
        Assert.IsGreaterThan(200 * Megabyte, result.PeakMemory!.Value);
    }

    [TestMethod]
    [TestCategory("EP-08")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task KindOfMemory_SaysWhatCounts()
    {
        Unit Two(string how) => Unit.Process("a", "/bin/sh", "-c", $"{Child} allocate 150 one {how} & {Child} allocate 150 two {how} & wait") with
        {
            MemoryLimit = 250 * Megabyte,
            WorkingDirectory = _folder,
        };

        UnitResult tree = (await RunAsync(Two("stay"))).Single();
        UnitResult shell = (await RunAsync(new SchedulerOptions { MemoryKind = MemoryKind.Process }, Two("end"))).Single();

        Assert.AreEqual("memory limit", tree.Reason);
        Assert.AreEqual(Outcome.Succeeded, shell.Outcome, shell.Message);
        Assert.IsLessThan(50 * Megabyte, shell.PeakMemory ?? 0);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task ProcessBelowItsLimit_RunsAndSaysWhatItWasSeenToHave()
    {
        var scheduler = new Scheduler([Unit.Process("a", "/bin/sh", "-c", "sleep 1") with { MemoryLimit = 500 * Megabyte }]);

        UnitResult result = (await RunAsync(scheduler)).Single();

        Assert.AreEqual(Outcome.Succeeded, result.Outcome);
        Assert.IsInRange(100_000, 20 * Megabyte, result.PeakMemory!.Value);
        Assert.IsEmpty(scheduler.Warnings);
    }

    [TestMethod]
    public void LimitAboveWhatTheMachineHas_IsAWarning()
    {
        var scheduler = new Scheduler([Unit.Process("a", "true") with { MemoryLimit = long.MaxValue / 2 }]);

        Assert.Contains("is more than this machine has", WarningsOf(scheduler, "PEX1006").Single());
    }

    [TestMethod]
    public void WhatCannotBeLimited_IsRefusedWithTheReason()
    {
        foreach (Unit unit in (Unit[])[Nothing("a") with { MemoryLimit = 5 * Megabyte }, Unit.Milestone("a") with { MemoryLimit = 5 * Megabyte }])
        {
            DiagnosticRecord problem = Assert.ThrowsExactly<PlanException>(() => new Scheduler([unit])).Problems.Single();
            Assert.AreEqual("PEX1006", problem.Code);
            Assert.Contains("A delegate shares the memory of the program that runs it", problem.Message);
        }

        Assert.Contains("at least 1,000,000", Assert.ThrowsExactly<PlanException>(() => new Scheduler([Unit.Process("a", "true") with { MemoryLimit = 512 }])).Message);
        Assert.Contains("at least 1,000,000", Assert.ThrowsExactly<PlanException>(() => new Scheduler([Unit.Process("a", "true") with { MemoryLimit = -1 }])).Message);
        Assert.IsNotNull(new Scheduler([Nothing("a") with { MemoryLimit = 0 }]));
    }

    private static string Child => $"'{Rig.Dotnet}' exec '{Rig.Child}'";

    private Unit Allocating(string name, int megabytes) =>
        Unit.Process(name, Rig.Dotnet, "exec", Rig.Child, "allocate", $"{megabytes}", "there") with { WorkingDirectory = _folder };
}

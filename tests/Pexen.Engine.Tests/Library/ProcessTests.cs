namespace Pexen.Engine.Tests.Library;

[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class ProcessTests : LibraryTests
{
    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task Process_GivesItsCodeAndItsOutput()
    {
        List<UnitResult> results = await RunAsync(
            Slots(2),
            Shell("good", "echo \"$PEXEN_UNIT $COLOUR\"; pwd") with { Environment = new Dictionary<string, string> { ["COLOUR"] = "red" }, WorkingDirectory = "/" },
            Shell("bad", "echo oops >&2; exit 3"),
            Nothing("after-bad") with { Requires = ["bad"] },
            Nothing("after-good") with { Requires = ["good"] },
            Shell("controlled", "exit 9") with { ControlledExitCodes = ["9"] },
            Shell("inapplicable", "exit 77") with { SkipExitCodes = ["77"] },
            Shell("fine", "exit 5") with { SuccessExitCodes = ["0", "4-6"] });

        Assert.AreEqual("good red\n/\n", Of(results, "good").Output);
        Assert.AreEqual(0, Of(results, "good").ExitCode);
        UnitResult bad = Of(results, "bad");
        Assert.AreEqual((Outcome.Failed, 3, "oops\n", "exit code 3", "PEX3001"), (bad.Outcome, bad.ExitCode, bad.Output, bad.Reason, bad.Code));
        Assert.AreEqual(Outcome.Skipped, Of(results, "after-bad").Outcome);
        Assert.AreEqual(Outcome.Succeeded, Of(results, "after-good").Outcome);
        Assert.AreEqual(Outcome.ControlledFailure, Of(results, "controlled").Outcome);
        Assert.AreEqual((Outcome.Skipped, "notApplicable"), (Of(results, "inapplicable").Outcome, Of(results, "inapplicable").Reason));
        Assert.AreEqual(Outcome.Succeeded, Of(results, "fine").Outcome);
        Assert.IsNull(bad.Log);
    }

    [TestMethod]
    [TestCategory("PX-R8")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task ProcessThatIsNotThereOrDies_FailsAndTheRunEnds()
    {
        List<UnitResult> results = await RunAsync(
            Slots(1), Unit.Process("missing", "/no/such/program"), Shell("killed", "kill -9 $$") with { Claims = ["x"] }, Nothing("other") with { Claims = ["x"] });

        Assert.AreEqual("missing Failed, killed Failed, other Skipped", Text(results));
        Assert.AreEqual("PEX3003", results[0].Code);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task ProcessesAreStopped_ByTimeoutAndByLeavingTheLoop()
    {
        UnitResult late = (await RunAsync(Shell("a", "sleep 1000 & sleep 1000") with { Timeout = TimeSpan.FromMilliseconds(200) })).Single();
        Assert.AreEqual(Outcome.TimedOut, late.Outcome);

        var scheduler = new Scheduler([Nothing("quick"), Shell("slow", "sleep 1000")], Slots(2));
        await foreach (UnitResult result in scheduler.RunAsync())
        {
            break;
        }

        Assert.AreEqual(1, scheduler.Snapshot().Outcomes[Outcome.Cancelled]);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task LogFolder_KeepsAllThatWasWritten()
    {
        string folder = Directory.CreateTempSubdirectory("pexen-test-").FullName;
        try
        {
            UnitResult result = (await RunAsync(new SchedulerOptions { LogFolder = folder }, Shell("a/b", "i=0; while [ $i -lt 9000 ]; do echo line-$i; i=$((i+1)); done"))).Single();

            Assert.AreEqual(9000, File.ReadAllLines(result.Log!).Length);
            Assert.EndsWith("line-8999\n", result.Output!);
            Assert.AreEqual(64 << 10, result.Output!.Length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task LogFolderThatCannotBeMade_IsToldBeforeAnythingStarts()
    {
        var scheduler = new Scheduler([Unit.Create("first", () => Assert.Fail()), Shell("a", "true")], new SchedulerOptions { LogFolder = "/dev/null/x" });

        await Assert.ThrowsAsync<IOException>(() => RunAsync(scheduler));
        Assert.IsFalse(scheduler.Snapshot().IsRunning);
    }

    private static Unit Shell(string name, string command) => Unit.Process(name, "/bin/sh", "-c", command);
}

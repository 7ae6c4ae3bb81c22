using Pexen.Scheduling;

namespace Pexen.Tests.Scheduling;

/// <summary>What a failure means for the others (rules 17a, 18, 20, 21).</summary>
[TestClass]
public sealed class FailureTests
{
    [TestMethod]
    public void AHolderFailsAndReleases_ItsDependentsAreSkippedAndTheNextClaimerRuns()
    {
        var drive = new Drive(new GraphBuilder().Unit("a", claims: "db").Unit("b", requires: "a").Unit("c", claims: "db").Unit("d", requires: "b"));

        drive.Take();
        Assert.AreEqual("c", drive.End("a", Completion.Failure));
        Assert.AreEqual("NotProvided a", drive.Cause("b"));
        Assert.AreEqual("NotProvided a", drive.Cause("d"));
    }

    [TestMethod]
    public void AHolderCrashes_AllThatNeedWhatItHoldsAreSkippedAtOnce()
    {
        var drive = new Drive(new GraphBuilder()
            .Unit("a", claims: "net").Unit("ready", uses: "net/1").Unit("gate").Unit("waiting", requires: "gate", claims: "net").Unit("next", requires: "waiting").Unit("free", claims: "db"));

        drive.Take();
        drive.End("a", Completion.Crash);
        Assert.AreEqual("ResourceHeld a", drive.Cause("ready"));
        Assert.AreEqual("ResourceHeld a", drive.Cause("waiting"));
        Assert.AreEqual("ResourceHeld a", drive.Cause("next"));
        Assert.AreEqual(UnitState.Running, drive.State("free"));
    }

    [TestMethod]
    public void AUserCrashes_OtherUsersGoOnAndClaimersAreSkipped()
    {
        var drive = new Drive(new GraphBuilder().Unit("a", uses: "db").Unit("b", claims: "db").Unit("c", uses: "db"));

        drive.Take();
        Assert.AreEqual("c", drive.End("a", Completion.Crash));
        Assert.AreEqual("ResourceHeld a", drive.Cause("b"));
    }

    [TestMethod]
    public void ATokenIsLost_OnlyThoseThatNeedMoreThanIsLeftAreSkipped()
    {
        var drive = new Drive(new GraphBuilder().Resource("gpu", 2).Unit("a", uses: "gpu").Unit("b", uses: "gpu*2").Unit("c", uses: "gpu").Unit("d", claims: "gpu"));

        drive.Take();
        Assert.AreEqual("c", drive.End("a", Completion.Crash));
        Assert.AreEqual("ResourceHeld a", drive.Cause("b"));
        Assert.AreEqual("ResourceHeld a", drive.Cause("d"));
    }

    [TestMethod]
    public void AWaitingClaimerIsSkipped_ThoseBehindItRun()
    {
        var drive = new Drive(new GraphBuilder().Unit("a", uses: "x").Unit("b", claims: "y").Unit("both", claims: "x y").Unit("c", uses: "x"));

        Assert.AreEqual("a b", drive.Take());
        Assert.AreEqual("c", drive.End("b", Completion.Crash));
        Assert.AreEqual("ResourceHeld b", drive.Cause("both"));
    }

    [TestMethod]
    public void FailFast_WaitingOnesAreSkippedAndRunningOnesEnd()
    {
        var drive = new Drive(new GraphBuilder().Unit("a").Unit("b").Unit("c").Unit("d", requires: "a"), slots: 2, maxFailures: 1);

        drive.Take();
        Assert.AreEqual("", drive.End("a", Completion.Failure));
        Assert.AreEqual("FailFast a", drive.Cause("c"));
        Assert.AreEqual("NotProvided a", drive.Cause("d"));
        Assert.AreEqual(UnitState.Running, drive.State("b"));
        drive.End("b");
        Assert.IsTrue(drive.Scheduler.IsFinished);
    }

    [TestMethod]
    public void FailFastAfterTwo_TheFirstFailureStopsNothing()
    {
        var drive = new Drive(new GraphBuilder().Unit("a").Unit("b").Unit("c"), slots: 1, maxFailures: 2);

        drive.Take();
        Assert.AreEqual("b", drive.End("a", Completion.Failure));
        Assert.AreEqual("", drive.End("b", Completion.Failure));
        Assert.AreEqual(UnitState.Skipped, drive.State("c"));
    }

    [TestMethod]
    public void TheRunIsCancelled_WaitingOnesAreCancelledOnce()
    {
        var graph = new GraphBuilder().Unit("a").Unit("b", requires: "a").Unit("c");
        var drive = new Drive(graph, slots: 1);
        drive.Take();
        drive.Events();

        drive.Scheduler.Cancel();
        drive.Scheduler.Cancel();
        Assert.AreEqual("b:Cancelled c:Cancelled", drive.Events());
        Assert.AreEqual("", drive.End("a", Completion.Crash));
        Assert.IsTrue(drive.Scheduler.IsFinished);
    }

    [TestMethod]
    public void AUnitGivesBackAfterTheRunWasStopped_ItIsSkipped()
    {
        var graph = new GraphBuilder().Unit("a");
        var drive = new Drive(graph);
        drive.Take();
        drive.Scheduler.StopStarting(SkipReason.Stopped);

        drive.Scheduler.GiveBack(graph.IndexOf("a"));
        Assert.AreEqual("Stopped -", drive.Cause("a"));
        Assert.IsTrue(drive.Scheduler.IsFinished);
    }
}

using Pexen.Scheduling;

namespace Pexen.Tests.Scheduling;

/// <summary>Units that give way to others, and are queued again (rule 37).</summary>
[TestClass]
public sealed class PreemptionTests
{
    [TestMethod]
    public void AUnitGivesWay_WhatItHeldIsFree_AndItIsReadyAgainAtItsPlace()
    {
        var drive = new Drive(new GraphBuilder().Unit("first", claims: "db").Unit("second").Unit("third"), slots: 2);
        Assert.AreEqual("first second", drive.Take());
        _ = drive.Events();

        drive.Scheduler.Preempt(0);

        Assert.AreEqual("first:Ready", drive.Events());
        Assert.AreEqual(UnitState.Ready, drive.State("first"));
        Assert.IsEmpty(drive.Slots("first"));
        Assert.AreEqual("first", drive.TakeOne(), "its place is before those that were behind it");
    }

    [TestMethod]
    public void AUnitGivesWayWithALock_WhoeverIsAheadTakesIt_AndNobodyBehind()
    {
        var drive = new Drive(new GraphBuilder().Unit("holder", claims: "db").Unit("gate").Unit("ahead", claims: "db", priority: -1, requires: "gate").Unit("behind", claims: "db"), slots: 4);
        Assert.AreEqual("holder gate", drive.Take());
        Assert.AreEqual("", drive.End("gate"));

        drive.Scheduler.Preempt(0);

        Assert.AreEqual("ahead", drive.Take());
        Assert.AreEqual("holder", drive.End("ahead"));
        Assert.AreEqual("behind", drive.End("holder"));
    }

    [TestMethod]
    public void AUnitGivesWayWhenNothingStartsAnyMore_ItIsSkippedOrCancelled()
    {
        var stopped = new Drive(new GraphBuilder().Unit("a").Unit("b"), maxFailures: 1);
        Assert.AreEqual("a b", stopped.Take());
        stopped.End("b", Completion.Failure);
        stopped.Scheduler.Preempt(0);
        Assert.AreEqual(UnitState.Skipped, stopped.State("a"));

        var cancelled = new Drive(new GraphBuilder().Unit("a"));
        Assert.AreEqual("a", cancelled.Take());
        cancelled.Scheduler.Cancel();
        cancelled.Scheduler.Preempt(0);
        Assert.AreEqual(UnitState.Cancelled, cancelled.State("a"));
        Assert.IsTrue(cancelled.Scheduler.IsFinished);
    }
}

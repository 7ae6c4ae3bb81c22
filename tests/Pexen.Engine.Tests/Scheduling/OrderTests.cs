using Pexen.Scheduling;

namespace Pexen.Tests.Scheduling;

/// <summary>Who waits for whom.</summary>
[TestClass]
public sealed class OrderTests
{
    [TestMethod]
    public void SeveralAreReady_TheyStartInTheReadyOrder()
    {
        var drive = new Drive(new GraphBuilder().Unit("late", priority: 5).Unit("first").Unit("second").Unit("urgent", priority: -1), slots: 1);

        Assert.AreEqual("urgent:Ready first:Ready second:Ready late:Ready", drive.Events());
        Assert.AreEqual("urgent", drive.Take());
        Assert.AreEqual("first", drive.End("urgent"));
    }

    [TestMethod]
    public void AUnitRequiresTwo_ItStartsAfterTheSecondProvided()
    {
        var drive = new Drive(new GraphBuilder().Unit("a").Unit("b").Unit("c", requires: "a b"));

        Assert.AreEqual("a b", drive.Take());
        Assert.AreEqual("Dependency:a Dependency:b", drive.Obstacles("c"));
        Assert.AreEqual("", drive.End("b"));
        Assert.AreEqual("c", drive.End("a"));
        drive.End("c");
        Assert.IsTrue(drive.Scheduler.IsFinished);
    }

    [TestMethod]
    public void AControlledFailureProvides_DependentsRun()
    {
        var drive = new Drive(new GraphBuilder().Unit("a").Unit("b", requires: "a"));

        drive.Take();
        Assert.AreEqual("b", drive.End("a", new Completion(true, true, true)));
    }

    [TestMethod]
    public void OneOfAnyProvides_TheUnitStartsWithoutTheOther()
    {
        var drive = new Drive(new GraphBuilder().Unit("a").Unit("b").Unit("c", any: "a|b"));

        drive.Take();
        Assert.AreEqual("", drive.End("a", Completion.Failure));
        Assert.AreEqual("c", drive.End("b"));
    }

    [TestMethod]
    public void EveryEntryOfAnyMustBeMet()
    {
        var drive = new Drive(new GraphBuilder().Unit("a").Unit("b").Unit("c", any: "a b"));

        drive.Take();
        Assert.AreEqual("", drive.End("a"));
        Assert.AreEqual("c", drive.End("b"));
    }

    [TestMethod]
    public void AllOfAnyEndWithout_TheUnitIsSkippedBecauseOfTheLast()
    {
        var drive = new Drive(new GraphBuilder().Unit("a").Unit("b").Unit("c", any: "a|b"));

        drive.Take();
        drive.End("a", Completion.Failure);
        Assert.AreEqual(UnitState.Waiting, drive.State("c"));
        drive.End("b", Completion.NotApplicable);
        Assert.AreEqual("NotProvided b", drive.Cause("c"));
    }

    [TestMethod]
    public void WhatItComesAfterFailedOrWasSkipped_TheUnitStarts()
    {
        var drive = new Drive(new GraphBuilder().Unit("a").Unit("b", requires: "a").Unit("c", after: "a b"));

        drive.Take();
        Assert.AreEqual("c", drive.End("a", Completion.Failure));
        Assert.AreEqual(UnitState.Skipped, drive.State("b"));
    }

    [TestMethod]
    public void TheFirstOfALongChainFails_AllAreSkippedBecauseOfIt()
    {
        var graph = new GraphBuilder().Unit("0");
        const int Length = 3_000;
        for (int unit = 1; unit < Length; unit++)
        {
            graph.Unit($"{unit}", requires: $"{unit - 1}");
        }

        var drive = new Drive(graph);
        drive.Take();
        drive.End("0", Completion.Failure);

        Assert.AreEqual(Length - 1, drive.Scheduler.Count(UnitState.Skipped));
        Assert.AreEqual("NotProvided 0", drive.Cause($"{Length - 1}"));
        Assert.IsTrue(drive.Scheduler.IsFinished);
    }

    [TestMethod]
    public void AUnitEndsTwice_TheSecondIsRefused()
    {
        var drive = new Drive(new GraphBuilder().Unit("a"));

        drive.Take();
        drive.End("a");
        Assert.ThrowsExactly<InvalidOperationException>(() => drive.End("a"));
    }
}

using Pexen.Model;
using Pexen.Scheduling;

namespace Pexen.Tests.Scheduling;

/// <summary>Units that are added during a run (rule 32).</summary>
[TestClass]
public sealed class AdditionTests
{
    [TestMethod]
    public void AUnitIsAdded_ItStartsWhenWhatItRequiresHasProvided()
    {
        GraphBuilder graph = new GraphBuilder().Unit("a").Unit("b", requires: "a");
        var drive = new Drive(graph, slots: 1);
        drive.Take();

        graph.Unit("c", requires: "b");
        Assert.AreEqual("", drive.Add());
        Assert.AreEqual("Dependency:b", drive.Obstacles("c"));
        Assert.AreEqual("b", drive.End("a"));
        Assert.AreEqual("c", drive.End("b"));
    }

    [TestMethod]
    public void WhatAnAddedUnitDependsOnHasEnded_ItCountsAsItEnded()
    {
        GraphBuilder graph = new GraphBuilder().Unit("good").Unit("bad").Unit("below", requires: "bad").Unit("last");
        var drive = new Drive(graph);
        drive.Take();
        drive.End("good");
        drive.End("bad", Completion.Failure);

        graph.Unit("c", requires: "good").Unit("d", requires: "bad").Unit("e", requires: "below").Unit("f", after: "bad").Unit("g", any: "bad|good").Unit("h", requires: "d");
        Assert.AreEqual("c f g", drive.Add());
        Assert.AreEqual("NotProvided bad", drive.Cause("d"));
        Assert.AreEqual("NotProvided bad", drive.Cause("e"));
        Assert.AreEqual("NotProvided bad", drive.Cause("h"));
    }

    [TestMethod]
    public void AddedUnitsRequireEachOtherInAnyOrder_TheyRunInTheirOrder()
    {
        GraphBuilder graph = new GraphBuilder().Unit("a");
        var drive = new Drive(graph);
        drive.Take();

        graph.Unit("last").Unit("first").Needs("last", "first");
        Assert.AreEqual("first", drive.Add());
        Assert.AreEqual("last", drive.End("first"));
    }

    [TestMethod]
    public void AResourceStaysHeldByACrash_AnAddedUnitThatNeedsItIsSkipped()
    {
        GraphBuilder graph = new GraphBuilder().Unit("a", claims: "net").Unit("u", uses: "files").Unit("last");
        var drive = new Drive(graph);
        drive.Take();
        drive.End("a", Completion.Crash);
        drive.End("u", Completion.Crash);

        graph.Unit("same", uses: "net").Unit("below", claims: "net/1/x").Unit("reader", uses: "files").Unit("writer", claims: "files/1");
        Assert.AreEqual("reader", drive.Add());
        Assert.AreEqual("ResourceHeld a", drive.Cause("same"));
        Assert.AreEqual("ResourceHeld a", drive.Cause("below"));
        Assert.AreEqual("ResourceHeld u", drive.Cause("writer"));
    }

    [TestMethod]
    public void OnlyOneUnitWantedAResource_AnAddedOneThatWantsItWaitsForItAllTheSame()
    {
        GraphBuilder graph = new GraphBuilder().Unit("holder", claims: "x").Unit("later", claims: "y").Unit("counted", uses: "tokens*2").Resource("tokens", 2);
        var drive = new Drive(graph, slots: 1);
        Assert.AreEqual("holder", drive.Take());

        graph.Unit("second", claims: "x/1", priority: -1).Unit("third", uses: "y", priority: -1);
        Assert.AreEqual("", drive.Add());
        Assert.AreEqual("Holder:holder", drive.Obstacles("second"));
        Assert.AreEqual("second", drive.End("holder"));
        Assert.AreEqual("third", drive.End("second"));
        Assert.AreEqual("later", drive.End("third"));
        Assert.AreEqual("counted", drive.End("later"));
        graph.Unit("fourth", uses: "tokens", priority: -1);
        Assert.AreEqual("", drive.Add());
        Assert.AreEqual("Holder:counted", drive.Obstacles("fourth"));
    }

    [TestMethod]
    public void AUserBecomesOneOfSeveral_ThoseBehindAnAddedClaimerWait()
    {
        GraphBuilder graph = new GraphBuilder().Unit("a", uses: "db").Unit("gate").Unit("b", uses: "db", requires: "gate", priority: 1);
        var drive = new Drive(graph);
        Assert.AreEqual("a gate", drive.Take());

        graph.Unit("writer", claims: "db");
        Assert.AreEqual("", drive.Add());
        Assert.AreEqual("", drive.End("gate"));
        Assert.AreEqual("Ahead:writer", drive.Obstacles("b"));
        Assert.AreEqual("writer", drive.End("a"));
    }

    [TestMethod]
    public void AddedUnits_AreBehindAllOthersOfTheirPriority()
    {
        GraphBuilder graph = new GraphBuilder().Unit("run").Unit("a").Unit("z", priority: 5);
        var drive = new Drive(graph, slots: 1);
        drive.Take();

        graph.Unit("b").Unit("urgent", priority: -3).Unit("late", priority: 9).Unit("between", priority: 2).Unit("c");
        drive.Add();
        Assert.AreEqual("urgent", drive.End("run"));
        Assert.AreEqual("a", drive.End("urgent"));
        Assert.AreEqual("b", drive.End("a"));
        Assert.AreEqual("c", drive.End("b"));
        Assert.AreEqual("between", drive.End("c"));
        Assert.AreEqual("z", drive.End("between"));
        Assert.AreEqual("late", drive.End("z"));
    }

    [TestMethod]
    public void AReadyUnitGetsOneMoreToWaitFor_ItWaitsAndIsReadyAgainAfterwards()
    {
        GraphBuilder graph = new GraphBuilder().Unit("run").Unit("a").Unit("b");
        var drive = new Drive(graph, slots: 1);
        drive.Take();
        drive.Events();

        graph.Unit("new");
        drive.Add("a Requires new");
        Assert.AreEqual("a:Waiting new:Ready", drive.Events());
        Assert.AreEqual(UnitState.Waiting, drive.State("a"));
        Assert.AreEqual("Dependency:new", drive.Obstacles("a"));
        Assert.AreEqual("b", drive.End("run"));
        Assert.AreEqual("new", drive.End("b"));
        Assert.AreEqual("a", drive.End("new"));
        Assert.AreEqual("a:Ready", drive.Events());
    }

    [TestMethod]
    public void AReadyUnitInALineGetsOneMoreToWaitFor_ThoseBehindItRun()
    {
        GraphBuilder graph = new GraphBuilder().Unit("a", uses: "x").Unit("writer", claims: "x").Unit("reader", uses: "x");
        var drive = new Drive(graph);
        Assert.AreEqual("a", drive.Take());

        graph.Unit("new", claims: "y");
        Assert.AreEqual("reader new", drive.Add("writer Requires new"));
        drive.End("new");
        drive.End("a");
        Assert.AreEqual("writer", drive.End("reader"));
    }

    [TestMethod]
    public void AUnitOutsideGetsOneMoreToWaitFor_ItWaitsInside()
    {
        GraphBuilder graph = new GraphBuilder().Unit("a", claims: "x");
        var drive = new Drive(graph);
        drive.Take();
        drive.Scheduler.GiveBack(0);

        graph.Unit("new");
        Assert.AreEqual("new", drive.Add("a Requires new"));
        Assert.AreEqual(UnitState.Waiting, drive.State("a"));
        Assert.AreEqual("a", drive.End("new"));
    }

    [TestMethod]
    public void TheUnitAddedForAReadyOneIsSkippedAtOnce_SoIsThatOne()
    {
        GraphBuilder graph = new GraphBuilder().Unit("bad").Unit("a").Unit("b");
        var drive = new Drive(graph, slots: 1);
        drive.Take();
        drive.End("bad", Completion.Failure);

        graph.Unit("new", requires: "bad");
        drive.Add("b Requires new");
        Assert.AreEqual("NotProvided bad", drive.Cause("b"));
    }

    [TestMethod]
    public void AnAlternativeIsAdded_TheUnitThatWaitsForOneOfThemTakesIt()
    {
        GraphBuilder graph = new GraphBuilder().Unit("a").Unit("b").Unit("c", any: "a|b");
        var drive = new Drive(graph);
        drive.Take();
        drive.End("a", Completion.Failure);

        graph.Unit("new");
        Assert.AreEqual("new", drive.Add("c RequiresAny new"));
        drive.End("b", Completion.Failure);
        Assert.AreEqual(UnitState.Waiting, drive.State("c"));
        Assert.AreEqual("c", drive.End("new"));
    }

    [TestMethod]
    public void NothingStartsAnyMore_AddedUnitsEndAtOnce()
    {
        GraphBuilder graph = new GraphBuilder().Unit("a");
        var drive = new Drive(graph);
        drive.Take();
        drive.Scheduler.StopStarting(SkipReason.Stopped);
        graph.Unit("b");
        drive.Add();
        Assert.AreEqual("Stopped -", drive.Cause("b"));

        drive.Scheduler.Cancel();
        graph.Unit("c", requires: "a");
        drive.Add();
        Assert.AreEqual(UnitState.Cancelled, drive.State("c"));
        drive.End("a");
        Assert.IsTrue(drive.Scheduler.IsFinished);
    }

    [TestMethod]
    public void ARunningUnitGetsOneMoreToWaitFor_ThatIsRefused()
    {
        GraphBuilder graph = new GraphBuilder().Unit("a");
        var drive = new Drive(graph);
        drive.Take();
        graph.Unit("new");

        Assert.ThrowsExactly<InvalidOperationException>(() => drive.Add("a Requires new"));
    }

    [TestMethod]
    public void APlanIsExtended_ResourcesAreKnownByNameAndNewOnesJoinTheTree()
    {
        var plan = new Plan { Units = [Planned(0, claims: "Net/1"), Planned(1, uses: new ResourceUse("gpu", 1))], Resources = [new ResourceDefinition("gpu", 2)] };
        var graph = ScheduleGraph.FromPlan(plan);
        var scheduler = new UnitScheduler(graph, new ScheduleOptions(8));
        Assert.IsTrue(scheduler.TryTakeNext(out _));
        Assert.IsTrue(scheduler.TryTakeNext(out _));

        scheduler.Add(new PlanExtension
        {
            Units = [Planned(2, claims: "net"), Planned(3, uses: new ResourceUse("GPU", 2)), Planned(4, uses: new ResourceUse("disk", 1)), Planned(5, claims: "net/2") with { Dependencies = [new Dependency(4, DependencyKind.After)] }],
            Resources = [new ResourceDefinition("disk", 1)],
        });

        Assert.IsTrue(scheduler.TryTakeNext(out Grant next));
        Assert.AreEqual(4, next.Unit);
        Assert.IsFalse(scheduler.TryTakeNext(out _));
        Assert.AreEqual(1, graph.ResourceCapacity[scheduler.HoldsOf(4)[0].Resource]);
        Assert.AreEqual("disk", graph.ResourceNames[scheduler.HoldsOf(4)[0].Resource]);
        scheduler.Complete(0, Completion.Success);
        Assert.IsTrue(scheduler.TryTakeNext(out next));
        Assert.AreEqual(2, next.Unit);
        scheduler.Complete(4, Completion.Success);
        Assert.AreEqual(UnitState.Ready, scheduler.StateOf(5));
        Assert.IsFalse(scheduler.TryTakeNext(out _));
    }

    private static PlannedUnit Planned(int index, string? claims = null, ResourceUse? uses = null) => new()
    {
        Index = index,
        Rank = index,
        Definition = new UnitDefinition
        {
            Name = $"u{index}",
            WorkingDirectory = "/",
            Claims = claims is null ? [] : [claims],
            Uses = uses is null ? [] : [uses],
        },
    };
}

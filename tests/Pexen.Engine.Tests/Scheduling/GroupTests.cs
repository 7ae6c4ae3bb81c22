using Pexen.Model;
using Pexen.Scheduling;

namespace Pexen.Tests.Scheduling;

/// <summary>Groups: their width, those that have the machine to themselves, and groups inside groups (rule 28).</summary>
[TestClass]
public sealed class GroupTests
{
    [TestMethod]
    public void AGroupIsFull_OthersPassThoseThatWaitForAPlace()
    {
        var drive = new Drive(new GraphBuilder().Group("vm", max: 2)
            .Unit("a", group: "vm").Unit("b", group: "vm", slots: 2).Unit("c", group: "vm").Unit("x"), slots: 6);

        Assert.AreEqual("a b x", drive.Take());
        Assert.AreEqual("Group:a Group:b", drive.Obstacles("c"));
        Assert.AreEqual("c", drive.End("b"));
        Assert.IsEmpty(drive.Scheduler.HoldsOf(0).ToArray());
    }

    [TestMethod]
    public void AMemberCrashes_ItsPlaceIsFree()
    {
        var drive = new Drive(new GraphBuilder().Group("vm", max: 1, exclusive: true).Unit("a", group: "vm", claims: "db").Unit("b", group: "vm").Unit("x"));

        Assert.AreEqual("a", drive.Take());
        Assert.AreEqual("b", drive.End("a", Completion.Crash));
        Assert.AreEqual("x", drive.End("b"));
    }

    [TestMethod]
    public void AGroupLiesInAnother_ItsUnitsCountInBoth()
    {
        var drive = new Drive(new GraphBuilder().Group("inner", max: 2, inside: null).Unit("free", group: "inner"), slots: 1);
        Assert.AreEqual("free", drive.Take());

        drive = new Drive(new GraphBuilder().Group("outer", max: 3).Group("inner", max: 2, inside: "outer")
            .Unit("a", group: "inner").Unit("b", group: "inner").Unit("c", group: "inner").Unit("d", group: "outer").Unit("e", group: "outer"), slots: 8);
        Assert.AreEqual("a b d", drive.Take());
        Assert.AreEqual("e", drive.End("d"));
        Assert.AreEqual("c", drive.End("a"));
    }

    [TestMethod]
    public void AMemberOfAnExclusiveGroupIsNext_ThoseBehindItWaitUntilAllHasEnded()
    {
        var drive = new Drive(new GraphBuilder().Group("alone", exclusive: true)
            .Unit("a").Unit("b").Unit("m", group: "alone").Unit("x").Unit("n", group: "alone"));

        Assert.AreEqual("a b", drive.Take());
        Assert.AreEqual("Group:a Group:b", drive.Obstacles("m"));
        Assert.AreEqual("Group:m", drive.Obstacles("x"));
        Assert.AreEqual("", drive.End("a"));
        Assert.AreEqual("m n", drive.End("b"));
        Assert.AreEqual("Group:m Group:n", drive.Obstacles("x"));
        Assert.AreEqual("", drive.End("m"));
        Assert.AreEqual("x", drive.End("n"));
    }

    [TestMethod]
    public void AnotherMemberIsReady_TheGroupIsKept()
    {
        var drive = new Drive(new GraphBuilder().Group("alone", max: 1, exclusive: true)
            .Unit("m", group: "alone").Unit("x").Unit("n", group: "alone").Unit("late", group: "alone", requires: "n").Unit("after", group: "alone", requires: "x"));

        Assert.AreEqual("m", drive.Take());
        Assert.AreEqual("n", drive.End("m"));
        Assert.AreEqual("late", drive.End("n"));
        Assert.AreEqual("x", drive.End("late"));
        Assert.AreEqual("after", drive.End("x"));
    }

    [TestMethod]
    public void AMemberWaitsForALock_OthersStartUntilItCouldStart()
    {
        var drive = new Drive(new GraphBuilder().Group("alone", exclusive: true)
            .Unit("a", claims: "db").Unit("m", group: "alone", claims: "db").Unit("x").Unit("y", requires: "x"));

        Assert.AreEqual("a x", drive.Take());
        Assert.AreEqual("y", drive.End("x"));
        Assert.AreEqual("", drive.End("a"));
        Assert.AreEqual("m", drive.End("y"));
    }

    [TestMethod]
    public void AnExclusiveGroupIsWiderThanTheRun_ItsUnitsGetSlotsThatOthersDoNot()
    {
        var drive = new Drive(new GraphBuilder().Group("wide", max: 4, exclusive: true)
            .Unit("a").Unit("b").Unit("c", group: "wide", requires: "a b").Unit("d", group: "wide", requires: "a b", slots: 9).Unit("e", group: "wide", requires: "a b", slots: 2)
            .Unit("x", requires: "a b").Unit("y", requires: "a b"), slots: 2);

        Assert.AreEqual("a b", drive.Take());
        drive.End("a");
        Assert.AreEqual("c", drive.End("b"));
        Assert.AreEqual("Slots:-", drive.Obstacles("d"));
        Assert.AreEqual("d", drive.End("c"));
        CollectionAssert.AreEqual(new[] { 1, 2, 3, 4 }, drive.Slots("d"));
        Assert.AreEqual("e", drive.End("d"));
        Assert.AreEqual("x y", drive.End("e"));
        CollectionAssert.AreEqual(new[] { 2 }, drive.Slots("y"));
    }

    [TestMethod]
    public void AnExclusiveGroupIsNarrowerThanTheRun_FewerRun()
    {
        var drive = new Drive(new GraphBuilder().Group("narrow", max: 1, exclusive: true)
            .Unit("a", group: "narrow", slots: 3).Unit("b", group: "narrow"), slots: 4);

        Assert.AreEqual("a", drive.Take());
        CollectionAssert.AreEqual(new[] { 1 }, drive.Slots("a"));
        Assert.AreEqual("b", drive.End("a"));
    }

    [TestMethod]
    public void TwoGroupsAreExclusive_OneRunsAfterTheOther()
    {
        var drive = new Drive(new GraphBuilder().Group("one", exclusive: true).Group("two", exclusive: true)
            .Unit("a", group: "one").Unit("b", group: "two").Unit("c", group: "one").Unit("x").Unit("d", group: "two"));

        Assert.AreEqual("a c", drive.Take());
        Assert.AreEqual("", drive.End("c"));
        Assert.AreEqual("b d", drive.End("a"));
        Assert.AreEqual("", drive.End("d"));
        Assert.AreEqual("x", drive.End("b"));
    }

    [TestMethod]
    public void AnExclusiveGroupLiesInAnother_TheOuterOneIsKeptWhileTheInnerRuns()
    {
        var drive = new Drive(new GraphBuilder().Group("outer", exclusive: true).Group("inner", exclusive: true, inside: "outer").Group("plain", inside: "outer")
            .Unit("a", group: "outer").Unit("b", group: "inner").Unit("x").Unit("c", group: "plain").Unit("d", group: "inner"));

        Assert.AreEqual("a", drive.Take());
        Assert.AreEqual("b d", drive.End("a"));
        Assert.AreEqual("", drive.End("b"));
        Assert.AreEqual("c", drive.End("d"));
        Assert.AreEqual("x", drive.End("c"));
    }

    [TestMethod]
    public void TheLastReadyMemberIsSkipped_TheGroupIsLeft()
    {
        var drive = new Drive(new GraphBuilder().Group("alone", exclusive: true)
            .Unit("m", group: "alone", claims: "db").Unit("n", group: "alone", uses: "db").Unit("x"));

        Assert.AreEqual("m", drive.Take());
        Assert.AreEqual("x", drive.End("m", Completion.Crash));
        Assert.AreEqual(UnitState.Skipped, drive.State("n"));
    }

    [TestMethod]
    public void AMemberIsAddedWhileItsGroupRuns_ItStartsInside()
    {
        GraphBuilder graph = new GraphBuilder().Group("alone", max: 2, exclusive: true).Unit("m", group: "alone").Unit("x");
        var drive = new Drive(graph);
        Assert.AreEqual("m", drive.Take());

        graph.Unit("n", group: "alone").Unit("o", group: "alone").Unit("y");
        Assert.AreEqual("n", drive.Add());
        Assert.AreEqual("o", drive.End("m"));
        drive.End("n");
        Assert.AreEqual("x y", drive.End("o"));
    }

    [TestMethod]
    public void APlanHasGroups_TheyAreFoundByNameWithoutCase()
    {
        var plan = new Plan
        {
            Groups = [new GroupDefinition("inner", 1, false, "Outer"), new GroupDefinition("outer", 3, true)],
            Units = [Planned(0, "OUTER"), Planned(1, "Inner"), Planned(2, "inner"), Planned(3, null)],
        };
        var scheduler = new UnitScheduler(ScheduleGraph.FromPlan(plan), new ScheduleOptions(1));

        Assert.IsTrue(scheduler.TryTakeNext(out _));
        Assert.IsTrue(scheduler.TryTakeNext(out Grant second));
        Assert.AreEqual(new Grant(1, 2), second);
        Assert.IsFalse(scheduler.TryTakeNext(out _));
        Assert.AreEqual(ObstacleKind.Group, scheduler.ObstaclesOf(2)[0].Kind);
        Assert.AreEqual(new Obstacle(ObstacleKind.Group, 1), scheduler.ObstaclesOf(2)[0]);
    }

    private static PlannedUnit Planned(int index, string? group) => new()
    {
        Index = index,
        Rank = index,
        Definition = new UnitDefinition { Name = $"u{index}", WorkingDirectory = "/", Group = group },
    };
}

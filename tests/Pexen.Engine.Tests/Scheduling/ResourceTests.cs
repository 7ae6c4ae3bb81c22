namespace Pexen.Tests.Scheduling;

/// <summary>Who may hold what beside whom (rule 13), and who may not pass whom (rule 11).</summary>
[TestClass]
public sealed class ResourceTests
{
    [TestMethod]
    public void TwoUnitsClaimOneResource_RunOneAfterTheOther()
    {
        var drive = new Drive(new GraphBuilder().Unit("a", claims: "db").Unit("b", claims: "db").Unit("c"));

        Assert.AreEqual("a c", drive.Take());
        Assert.AreEqual("Holder:a", drive.Obstacles("b"));
        Assert.AreEqual("b", drive.End("a"));
    }

    [TestMethod]
    public void UsersOfOneResource_RunTogether() =>
        Assert.AreEqual("a b", new Drive(new GraphBuilder().Unit("a", uses: "db").Unit("b", uses: "db")).Take());

    [TestMethod]
    [DataRow("net", "net/ipv4")]
    [DataRow("net/ipv4", "net")]
    [DataRow("net/ipv4/eth0", "net")]
    public void AClaimMeetsAUseOnOnePath_RunOneAfterTheOther(string claimed, string used)
    {
        var drive = new Drive(new GraphBuilder().Unit("a", claims: claimed).Unit("b", uses: used).Unit("c", uses: "network"));

        Assert.AreEqual("a c", drive.Take());
        Assert.AreEqual("b", drive.End("a"));
    }

    [TestMethod]
    public void ClaimsBesideEachOtherBelowOneParent_RunTogether() =>
        Assert.AreEqual("a b", new Drive(new GraphBuilder().Resource("net").Unit("a", claims: "net/ipv4").Unit("b", claims: "net/ipv6")).Take());

    [TestMethod]
    public void MoreTokensAreWantedThanAreFree_TheUnitWaitsAndNobodyBehindTakesThem()
    {
        var drive = new Drive(new GraphBuilder().Resource("gpu", 2).Unit("a", uses: "gpu").Unit("b", uses: "gpu*2").Unit("c", uses: "gpu"));

        Assert.AreEqual("a", drive.Take());
        Assert.AreEqual("Ahead:b", drive.Obstacles("c"));
        Assert.AreEqual("b", drive.End("a"));
        Assert.AreEqual("c", drive.End("b"));
    }

    [TestMethod]
    public void AClaimerWaits_LaterUsersDoNotPassIt()
    {
        var drive = new Drive(new GraphBuilder().Unit("a", uses: "db").Unit("writer", claims: "db").Unit("b", uses: "db"));

        Assert.AreEqual("a", drive.Take());
        Assert.AreEqual("writer", drive.End("a"));
        Assert.AreEqual("b", drive.End("writer"));
    }

    [TestMethod]
    public void AUserOfBetterRankComesLaterWithEqualPriority_ItIsBehindTheWaitingClaimer()
    {
        var graph = new GraphBuilder().Unit("gate").Unit("a", uses: "db").Unit("writer", claims: "db").Unit("late", requires: "gate", uses: "db");
        var drive = new Drive(graph, rank: [0, 1, 3, 2]);

        Assert.AreEqual("gate a", drive.Take());
        Assert.AreEqual("", drive.End("gate"));
        Assert.AreEqual("late", drive.End("a"));
    }

    [TestMethod]
    public void AUserOfBetterPriorityComesLater_ItPassesTheWaitingClaimer()
    {
        var graph = new GraphBuilder().Unit("gate").Unit("a", uses: "db").Unit("writer", claims: "db").Unit("late", requires: "gate", uses: "db", priority: -1);
        var drive = new Drive(graph);

        Assert.AreEqual("gate a", drive.Take());
        Assert.AreEqual("late", drive.End("gate"));
    }

    [TestMethod]
    public void AUnitWaitsForOneOfTwo_TheOtherIsNotReserved()
    {
        var drive = new Drive(new GraphBuilder().Unit("a", claims: "x").Unit("both", claims: "x y").Unit("b", claims: "y"));

        Assert.AreEqual("a b", drive.Take());
        Assert.AreEqual("", drive.End("a"));
        Assert.AreEqual("both", drive.End("b"));
    }

    [TestMethod]
    public void AClaimOfTheParentWaits_LaterChildrenDoNotPassIt()
    {
        var drive = new Drive(new GraphBuilder().Unit("a", claims: "net/1").Unit("all", claims: "net").Unit("b", claims: "net/2"));

        Assert.AreEqual("a", drive.Take());
        Assert.AreEqual("all", drive.End("a"));
        Assert.AreEqual("b", drive.End("all"));
    }

    [TestMethod]
    public void AUnitGivesBack_OthersGetItAndItWaitsOutside()
    {
        var graph = new GraphBuilder().Unit("a", claims: "db").Unit("b", claims: "db");
        var drive = new Drive(graph);

        Assert.AreEqual("a", drive.TakeOne());
        drive.Scheduler.GiveBack(graph.IndexOf("a"));
        Assert.AreEqual("b", drive.Take());
        drive.Scheduler.Retry(graph.IndexOf("a"));
        Assert.AreEqual("", drive.Take());
        Assert.AreEqual("a", drive.End("b"));
    }

    [TestMethod]
    public void AllSlotsAreTakenBeforeAnybodyElseWasLookedAt_WhoIsAheadIsNamedAllTheSame()
    {
        var drive = new Drive(new GraphBuilder().Unit("a", uses: "db").Unit("b", claims: "db").Unit("c", uses: "db"), slots: 1);

        Assert.AreEqual("a", drive.Take());
        Assert.AreEqual("Holder:a", drive.Obstacles("b"));
        Assert.AreEqual("Ahead:b", drive.Obstacles("c"));
        Assert.AreEqual("b", drive.End("a"));
        Assert.AreEqual("c", drive.End("b"));
    }

    [TestMethod]
    public void UnitsOfOneClassBecomeReadyInAnyOrder_TheyStartInTheReadyOrder()
    {
        GraphBuilder graph = new GraphBuilder().Unit("x").Unit("y").Unit("a", claims: "db", requires: "y").Unit("b", claims: "db")
            .Unit("c", claims: "db", requires: "x").Unit("d", claims: "db").Unit("e", claims: "db", requires: "x");
        var drive = new Drive(graph, slots: 3);

        Assert.AreEqual("x y b", drive.Take());
        Assert.AreEqual("", drive.End("x"));
        Assert.AreEqual("", drive.End("y"));
        Assert.AreEqual("a", drive.End("b"));
        Assert.AreEqual("c", drive.End("a"));
        Assert.AreEqual("d", drive.End("c"));
        Assert.AreEqual("e", drive.End("d"));
    }
}

namespace Pexen.Tests.Scheduling;

/// <summary>Slots: lowest numbers first, never more than there are, wide units not starved.</summary>
[TestClass]
public sealed class SlotTests
{
    [TestMethod]
    public void UnitsStart_TheyGetTheLowestFreeSlots()
    {
        var drive = new Drive(new GraphBuilder().Unit("a").Unit("b", slots: 2).Unit("c").Unit("d", slots: 2), slots: 4);

        Assert.AreEqual("a b c", drive.Take());
        CollectionAssert.AreEqual(new[] { 2, 3 }, drive.Slots("b"));
        Assert.AreEqual("", drive.End("a"));
        Assert.AreEqual("d", drive.End("c"));
        CollectionAssert.AreEqual(new[] { 1, 4 }, drive.Slots("d"));
    }

    [TestMethod]
    public void AWideUnitIsNext_NarrowOnesBehindItWait()
    {
        var drive = new Drive(new GraphBuilder().Unit("a").Unit("wide", slots: 2).Unit("b"), slots: 2);

        Assert.AreEqual("a", drive.Take());
        Assert.AreEqual("Slots:-", drive.Obstacles("wide"));
        Assert.AreEqual("wide", drive.End("a"));
        Assert.AreEqual("b", drive.End("wide"));
    }

    [TestMethod]
    public void AWideUnitWaitsForALock_NarrowOnesBehindItRun()
    {
        var drive = new Drive(new GraphBuilder().Unit("a", claims: "db").Unit("wide", slots: 2, claims: "db").Unit("b"), slots: 2);

        Assert.AreEqual("a b", drive.Take());
    }

    [TestMethod]
    public void AUnitWantsMoreSlotsThanThereAre_ItGetsAll()
    {
        var drive = new Drive(new GraphBuilder().Unit("huge", slots: 9), slots: 2);

        Assert.AreEqual("huge", drive.Take());
        CollectionAssert.AreEqual(new[] { 1, 2 }, drive.Slots("huge"));
    }
}

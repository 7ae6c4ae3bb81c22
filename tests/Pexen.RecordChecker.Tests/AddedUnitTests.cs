using System.Text.Json.Nodes;

namespace Pexen.RecordChecking.Tests;

/// <summary>Rule 32: records of runs to which units were added.</summary>
[TestClass]
public sealed class AddedUnitTests
{
    [TestMethod]
    public void UnitsThatWereAdded_AreAccepted() => Assert.AreEqual("", string.Join('\n', Grown().Check()));

    [TestMethod]
    public void ReadyUnitThatWaitsAgain_MayBePassed()
    {
        SampleRecord record = Grown();
        Assert.IsLessThan((int)record.Event("start", "other")["seq"]!, (int)record.Event("ready", "user")["seq"]!, "it is ready, better, and waits all the same");
        Assert.AreEqual("", string.Join('\n', record.Check()));
        record.Event("add", "extra")["neededBy"] = new JsonArray();
        Refused(Rule.Rank, record);
    }

    [TestMethod]
    public void StartedBeforeWhatItWaitsForAgain_IsRefused()
    {
        SampleRecord record = Grown();
        record.MoveBefore(record.Event("start", "user"), record.Event("end", "extra"));
        Refused(Rule.Order, record);
    }

    [TestMethod]
    public void StartedBeforeItsAdd_IsRefused()
    {
        SampleRecord record = Grown();
        record.MoveBefore(record.Event("start", "extra"), record.Event("add", "extra"));
        Refused(Rule.Lifecycle, record);
    }

    [TestMethod]
    public void AddedByOneThatHasNotStarted_IsRefused()
    {
        SampleRecord record = Grown();
        record.MoveBefore(record.Event("add", "extra"), record.Event("start", "writer"));
        Refused(Rule.Lifecycle, record);
    }

    [TestMethod]
    public void RankThatIsNotTheIndex_IsRefused()
    {
        SampleRecord record = Grown();
        record.Event("ready", "extra")["rank"] = 4;
        Refused(Rule.Rank, record);
    }

    [TestMethod]
    public void AddedForOneThatHasStarted_IsRefused()
    {
        SampleRecord record = Grown();
        record.Event("add", "extra")["neededBy"]!.AsArray().Add(new JsonObject { ["unit"] = "first", ["kind"] = "Requires" });
        Refused(Rule.Order, record);
    }

    [TestMethod]
    public void AddedUnitOfABetterPriority_GoesBeforeTheRest()
    {
        // Its rank is its index, the last of all; its priority is what counts first.
        SampleRecord record = Grown();
        record.Unit("extra")["priority"] = -1;
        record.Event("ready", "extra")["priority"] = -1;
        Refused(Rule.Rank, record);
    }

    /// <summary>
    /// "user" needs one of "first" and "writer" and is ready when "first" has ended, but for a lock that "writer" has. Then "writer" adds "extra", which
    /// "user" requires too, and "other" starts before either.
    /// </summary>
    private static SampleRecord Grown()
    {
        SampleRecord record = new Simulator(
            [
                new("first") { Duration = 5 },
                new("writer") { Duration = 20, Claims = ["db"] },
                new("user") { Claims = ["db"], DependsOn = [("first", "RequiresAny"), ("writer", "RequiresAny"), ("extra", "Requires")] },
                new("long") { Duration = 50 },
                new("other") { Duration = 10 },
                new("extra") { DependsOn = [("writer", "Requires")] },
            ],
            2).Run();
        JsonObject ready = record.Event("ready", "user");
        record.MoveBefore(ready, record.Events[record.Events.IndexOf(record.Event("end", "first")) + 1]);
        record.Event("run")["units"] = 5;
        record.Unit("extra")["addedBy"] = "writer";
        record.Events.Insert(record.Events.IndexOf(record.Event("end", "writer")), new JsonObject
        {
            ["seq"] = 0,
            ["ns"] = 0,
            ["event"] = "add",
            ["unit"] = "extra",
            ["addedBy"] = "writer",
            ["index"] = 5,
            ["neededBy"] = new JsonArray(new JsonObject { ["unit"] = "user", ["kind"] = "Requires" }),
            ["record"] = new JsonObject(),
        });
        record.Renumber();
        return record;
    }

    private static void Refused(Rule rule, SampleRecord record)
    {
        IReadOnlyList<Complaint> complaints = record.Check();
        Assert.IsTrue(complaints.Any(complaint => complaint.Rule == rule), $"{rule} expected, but: {string.Join('\n', complaints)}");
    }
}

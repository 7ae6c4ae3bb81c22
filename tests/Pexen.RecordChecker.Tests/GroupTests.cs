using System.Text.Json.Nodes;

namespace Pexen.RecordChecking.Tests;

/// <summary>Rule 28: records of runs with groups, good ones and such as break it in one way.</summary>
[TestClass]
public sealed class GroupTests
{
    [TestMethod]
    public void TwoOfAGroupOfTwo_AreAccepted() => AssertComplaint(null, Width(2));

    [TestMethod]
    public void TwoMembersBeyondTheWidth_AreRefused() => AssertComplaint(Rule.Groups, Width(1));

    [TestMethod]
    public void MembersOfANestedGroupBeyondTheWidthOfTheOuterOne_AreRefused()
    {
        SampleRecord record = Width(2);
        AddGroup(record, "lab", 1, false, null, "three");
        record.Run["groups"]![0]!["group"] = "lab";
        record.Run["groups"]![1]!["members"] = 4;
        AssertComplaint(Rule.Groups, record);
    }

    [TestMethod]
    public void BetterUnitOfAFullGroup_MayBePassed()
    {
        // "two" is better than "other", but "one" has the only place.
        SampleRecord record = new Simulator(
            [new("one") { Duration = 30 }, new("other") { Duration = 10, Priority = 1 }, new("two") { DependsOn = [("one", "After")] }],
            2).Run();
        record.Unit("two")["dependsOn"] = new JsonArray();
        record.MoveBefore(record.Event("ready", "two"), record.Event("start", "one"));
        CollectionAssert.Contains(Rules(record), Rule.Rank, "without the group it could have started");
        AddGroup(record, "vm", 1, false, null, "one", "two");
        AssertComplaint(null, record);
    }

    [TestMethod]
    public void ExclusiveGroupWithSlotsOfItsOwn_IsAccepted() => AssertComplaint(null, Exclusive());

    [TestMethod]
    public void SlotBeyondTheNumberOfTheGroup_IsRefused()
    {
        SampleRecord record = Exclusive();
        record.Event("start", "x3")["slots"] = new JsonArray(4);
        record.Unit("x3")["slot"] = 4;
        AssertComplaint(Rule.Slots, record);
    }

    [TestMethod]
    public void SlotOfTheGroupForOneOutside_IsRefused()
    {
        SampleRecord record = Exclusive();
        record.Event("start", "out")["slots"] = new JsonArray(3);
        record.Unit("out")["slot"] = 3;
        AssertComplaint(Rule.Slots, record);
    }

    [TestMethod]
    public void OutsiderBesideAnExclusiveMember_IsRefused()
    {
        SampleRecord record = Exclusive();
        record.MoveBefore(record.Event("start", "out"), record.Event("end", "x2"));
        AssertComplaint(Rule.Groups, record);
    }

    [TestMethod]
    public void ExclusiveMemberBesideAnOutsider_IsRefused()
    {
        SampleRecord record = new Simulator([new("out") { Duration = 30 }, new("x") { Duration = 10 }], 2).Run();
        AddGroup(record, "bench", null, true, null, "x");
        AssertComplaint(Rule.Groups, record);
    }

    [TestMethod]
    public void OutsiderWhileAMemberIsReady_IsRefused()
    {
        SampleRecord record = Kept();
        AssertComplaint(null, record);
        record.MoveBefore(record.Event("start", "out"), record.Event("start", "x2"));
        record.MoveBefore(record.Event("end", "out"), record.Event("start", "x2"));
        AssertComplaint(Rule.Groups, record);
    }

    [TestMethod]
    public void NarrowUnitPastOneThatWaitsForTheMachine_IsRefused()
    {
        SampleRecord record = new Simulator(
            [new("first") { Duration = 30 }, new("narrow") { Duration = 10, Priority = 2 }, new("x") { Priority = 1, DependsOn = [("first", "After")] }],
            2).Run();
        record.Unit("x")["dependsOn"] = new JsonArray();
        record.MoveBefore(record.Event("ready", "x"), record.Event("start", "first"));
        AddGroup(record, "bench", null, true, null, "x");
        AssertComplaint(Rule.Groups, record);
    }

    [TestMethod]
    public void ExclusiveGroupInsideAnExclusiveGroup_IsAloneInIt()
    {
        SampleRecord record = Width(4);
        AddGroup(record, "bench", null, true, null, "three");
        record.Run["groups"]![0]!["group"] = "bench";
        record.Run["groups"]![1]!["members"] = 4;
        AssertComplaint(null, record);
        record.Run["groups"]![0]!["exclusive"] = true;
        AssertComplaint(Rule.Groups, record);
    }

    [TestMethod]
    [DataRow("members", "7")]
    [DataRow("group", "\"nobody\"")]
    [DataRow("group", "\"vm\"")]
    [DataRow("maxParallel", "0")]
    [DataRow("name", "\"other\"")]
    public void GroupThatDoesNotFitTheUnits_IsRefused(string property, string value)
    {
        SampleRecord record = Width(2);
        record.Run["groups"]![0]![property] = JsonNode.Parse(value);
        AssertComplaint(Rule.Groups, record);
    }

    /// <summary>Two at a time of three, in a group of this width; the third beside nobody; and one outside.</summary>
    private static SampleRecord Width(int width)
    {
        SampleRecord record = new Simulator([new("one") { Duration = 10 }, new("two") { Duration = 20 }, new("four") { Duration = 5 }, new("three") { Duration = 10, Priority = 1 }], 2).Run();
        AddGroup(record, "vm", width, false, null, "one", "two", "four");
        return record;
    }

    /// <summary>Three at a time in an exclusive group, in a project of two slots; and one outside, after them.</summary>
    private static SampleRecord Exclusive()
    {
        SampleRecord record = new Simulator(
            [new("x1") { Duration = 10 }, new("x2") { Duration = 20 }, new("x3") { Duration = 5 }, new("out") { Priority = 1, DependsOn = [("x2", "After"), ("x1", "After"), ("x3", "After")] }],
            3).Run();
        record.Run["maxParallel"] = 2;
        record.Unit("out")["dependsOn"] = new JsonArray();
        record.MoveBefore(record.Event("ready", "out"), record.Event("start", "x1"));
        AddGroup(record, "bench", 3, true, null, "x1", "x2", "x3");
        return record;
    }

    /// <summary>One at a time; the outsider, which is better, waits until no member is ready any more.</summary>
    private static SampleRecord Kept()
    {
        SampleRecord record = new Simulator([new("x1"), new("x2"), new("out") { Priority = 0, DependsOn = [("x2", "After")] }], 1).Run();
        record.Unit("out")["dependsOn"] = new JsonArray();
        record.MoveBefore(record.Event("ready", "out"), record.Event("start", "x1"));
        AddGroup(record, "bench", null, true, null, "x1", "x2");
        return record;
    }

    private static void AddGroup(SampleRecord record, string name, int? width, bool exclusive, string? parent, params string[] members)
    {
        record.Run["groups"]!.AsArray().Add(new JsonObject
        {
            ["name"] = name,
            ["maxParallel"] = width,
            ["exclusive"] = exclusive,
            ["group"] = parent,
            ["members"] = members.Length,
        });
        foreach (string member in members)
        {
            record.Unit(member)["group"] = name;
        }
    }

    private static List<Rule> Rules(SampleRecord record) => [.. record.Check().Select(complaint => complaint.Rule)];

    private static void AssertComplaint(Rule? rule, SampleRecord record)
    {
        string complaints = string.Join('\n', record.Check());
        if (rule is { } broken)
        {
            CollectionAssert.Contains(Rules(record), broken, complaints);
        }
        else
        {
            Assert.AreEqual("", complaints);
        }
    }
}

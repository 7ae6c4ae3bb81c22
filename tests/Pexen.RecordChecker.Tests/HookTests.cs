using System.Text.Json.Nodes;

namespace Pexen.RecordChecking.Tests;

/// <summary>Rule 28: commands of groups, good ones and such as break it in one way.</summary>
[TestClass]
public sealed class HookTests
{
    [TestMethod]
    public void CommandsAroundTheUnits_AreAccepted() => AssertComplaint(null, Hooked());

    [TestMethod]
    public void CommandThatBeginsAfterAUnit_IsRefused()
    {
        SampleRecord record = Hooked();
        record.MoveBefore(record.Event("start", "one"), Hook(record, "hook", "OnStarted"));
        AssertComplaint(Rule.Hooks, record);
    }

    [TestMethod]
    public void UnitThatStartsBeforeTheCommandHasEnded_IsRefused()
    {
        SampleRecord record = Hooked();
        record.MoveBefore(record.Event("start", "one"), Hook(record, "hookEnd", "OnStarted"));
        AssertComplaint(Rule.Hooks, record);
    }

    [TestMethod]
    public void UnitThatStartsAfterACommandThatFailed_IsRefused()
    {
        SampleRecord record = Hooked();
        Hook(record, "hookEnd", "OnStarted")["exitCode"] = 1;
        record.Run["groups"]![0]!["hooks"]![0]!["exitCode"] = 1;
        AssertComplaint(Rule.Hooks, record);
    }

    [TestMethod]
    public void CommandBeforeTheEndOfTheLastUnit_IsRefused()
    {
        SampleRecord record = Hooked();
        record.MoveBefore(Hook(record, "hook", "OnFinished"), record.Event("end", "two"));
        AssertComplaint(Rule.Hooks, record);
    }

    [TestMethod]
    public void CommandThatRunJsonDoesNotHave_IsRefused()
    {
        SampleRecord record = Hooked();
        record.Run["groups"]![0]!["hooks"]!.AsArray().RemoveAt(1);
        AssertComplaint(Rule.Hooks, record);
    }

    [TestMethod]
    public void CommandThatNeverEnds_IsRefused()
    {
        SampleRecord record = Hooked();
        record.Events.Remove(Hook(record, "hookEnd", "OnFinished"));
        AssertComplaint(Rule.Hooks, record);
    }

    [TestMethod]
    [DataRow("succeeded", "1")]
    [DataRow("failed", "1")]
    [DataRow("skipped", "2")]
    public void CountOfUnitsThatIsNotTheirs_IsRefused(string count, string value)
    {
        SampleRecord record = Hooked();
        record.Run["groups"]![0]![count] = JsonNode.Parse(value);
        AssertComplaint(Rule.Groups, record);
    }

    [TestMethod]
    public void UnitSkippedByAGroupThatDidNotTimeOut_IsRefused()
    {
        SampleRecord record = Hooked();
        record.Run["groups"]![0]!["outcome"] = "Failed";
        JsonObject end = record.Event("end", "two");
        JsonObject skip = new()
        {
            ["seq"] = 0,
            ["ns"] = end["ns"]!.GetValue<long>(),
            ["event"] = "skip",
            ["unit"] = "two",
            ["causedBy"] = "g",
            ["reason"] = "groupTimeout",
        };
        record.Events.Remove(record.Event("start", "two"));
        record.Events[record.Events.IndexOf(end)] = skip;
        JsonObject unit = record.Unit("two");
        (unit["outcome"], unit["causedBy"], unit["reason"]) = ("Skipped", "g", "groupTimeout");
        AssertComplaint(Rule.Skip, record);
    }

    /// <summary>One after the other, in a group with a command before the first and one after the last.</summary>
    private static SampleRecord Hooked()
    {
        SampleRecord record = new Simulator([new("one") { Duration = 10 }, new("two") { Duration = 10, DependsOn = [("one", "Requires")] }], 1).Run();
        record.Run["groups"]!.AsArray().Add(new JsonObject
        {
            ["name"] = "g",
            ["maxParallel"] = null,
            ["exclusive"] = false,
            ["group"] = null,
            ["members"] = 2,
            ["outcome"] = "Succeeded",
            ["succeeded"] = 2,
            ["failed"] = 0,
            ["timedOut"] = 0,
            ["skipped"] = 0,
            ["cancelled"] = 0,
            ["hooks"] = new JsonArray(Recorded("OnStarted"), Recorded("OnFinished")),
        });
        record.Unit("one")["group"] = "g";
        record.Unit("two")["group"] = "g";
        Insert(record, record.Event("start", "one"), "OnStarted");
        Insert(record, record.Events[^1], "OnFinished");
        for (int index = 0; index < record.Events.Count; index++)
        {
            record.Events[index]["seq"] = index + 1;
        }

        return record;
    }

    private static JsonObject Recorded(string hook) => new() { ["hook"] = hook, ["exitCode"] = 0, ["signal"] = null };

    private static void Insert(SampleRecord record, JsonObject before, string hook)
    {
        foreach (string name in new[] { "hook", "hookEnd" })
        {
            record.Events.Insert(record.Events.IndexOf(before), new JsonObject
            {
                ["seq"] = 0,
                ["ns"] = before["ns"]!.GetValue<long>(),
                ["event"] = name,
                ["group"] = "g",
                ["hook"] = hook,
                ["exitCode"] = 0,
                ["signal"] = null,
            });
        }
    }

    private static JsonObject Hook(SampleRecord record, string name, string hook) =>
        record.Events.Single(line => line["event"]!.GetValue<string>() == name && line["hook"]!.GetValue<string>() == hook);

    private static void AssertComplaint(Rule? rule, SampleRecord record)
    {
        string complaints = string.Join('\n', record.Check());
        if (rule is { } broken)
        {
            CollectionAssert.Contains(record.Check().Select(complaint => complaint.Rule).ToList(), broken, complaints);
        }
        else
        {
            Assert.AreEqual("", complaints);
        }
    }
}

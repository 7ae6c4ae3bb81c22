using System.Text.Json.Nodes;

namespace Pexen.RecordChecking.Tests;

/// <summary>Units that gave way to others for their memory (rule 37).</summary>
[TestClass]
public sealed class PreemptionTests
{
    [TestMethod]
    public void AUnitGivesWayAndRunsLater_IsAccepted() => AssertRules(Postponed());

    [TestMethod]
    public void ItGivesWayBelowTheLimit_IsRefused()
    {
        SampleRecord record = Postponed();
        record.Event("preempt", "a")["memoryBytes"] = 1000;
        AssertRules(record, Rule.Memory);
    }

    [TestMethod]
    public void ItGivesWayWhereNothingIsLimited_IsRefused()
    {
        SampleRecord record = Postponed();
        record.Run["memoryLimitBytes"] = null;
        AssertRules(record, Rule.Memory);
    }

    [TestMethod]
    public void OneThatIsSparedGivesWay_IsRefused()
    {
        SampleRecord record = Postponed();
        record.Unit("a")["limits"] = new JsonObject { ["memoryBytes"] = null, ["category"] = null, ["size"] = 0, ["preemptible"] = false };
        AssertRules(record, Rule.Memory);
    }

    [TestMethod]
    public void ItGivesWayAndKeepsItsLock_IsRefused()
    {
        SampleRecord record = Postponed();
        JsonObject end = record.Event("end", "a");
        (end["held"], end["released"]) = (new JsonArray("db"), new JsonArray());
        AssertRules(record, Rule.Holds);
    }

    [TestMethod]
    public void MoreRunAfterwardsThanMay_IsRefused()
    {
        SampleRecord record = Postponed();
        JsonObject again = record.Events.Last(line => Is(line, "start", "a"));
        record.MoveBefore(again, record.Event("end", "b"));
        AssertRules(record, Rule.Memory);
    }

    [TestMethod]
    public void ItGivesWayBeforeItsAttemptHasEnded_IsRefused()
    {
        SampleRecord record = Postponed();
        record.MoveBefore(record.Event("preempt", "a"), record.Event("end", "a"));
        CollectionAssert.Contains(Rules(record), Rule.Lifecycle);
    }

    /// <summary>"a" and "b" run beside each other, "a" gives way after 5 ms and runs when "b" has ended.</summary>
    private static SampleRecord Postponed()
    {
        SampleRecord record = new Simulator([new("a") { Duration = 10, Claims = ["db"] }, new("b") { Duration = 10 }], 2).Run();
        record.Run["memoryLimitBytes"] = 1000;
        JsonObject start = record.Event("start", "a");
        JsonObject end = record.Event("end", "a");
        JsonObject other = record.Event("end", "b");
        JsonObject first = end.DeepClone().AsObject();
        (first["attempt"], first["outcome"], first["provided"], first["exitCode"], first["signal"]) = (1, "Cancelled", false, null, 15);
        JsonObject ready = record.Event("ready", "a").DeepClone().AsObject();
        JsonObject again = start.DeepClone().AsObject();
        var preempt = new JsonObject { ["seq"] = 0, ["ns"] = 0, ["event"] = "preempt", ["unit"] = "a", ["attempt"] = 2, ["memoryBytes"] = 1200, ["width"] = 1 };
        foreach (JsonObject line in new[] { ready, again, end })
        {
            line["attempt"] = 2;
        }

        record.Events.Remove(end);
        int at = record.Events.IndexOf(other);
        record.Events.InsertRange(at, [first, preempt, ready]);
        record.Events.InsertRange(record.Events.IndexOf(other) + 1, [again, end]);
        long ns = start["ns"]!.GetValue<long>();
        foreach (JsonObject line in new[] { first, preempt, ready })
        {
            line["ns"] = ns;
        }

        again["ns"] = other["ns"]!.GetValue<long>();
        end["ns"] = other["ns"]!.GetValue<long>();
        record.Renumber();
        JsonObject attempt = record.Unit("a")["attempts"]![0]!.DeepClone().AsObject();
        (attempt["outcome"], attempt["exitCode"], attempt["signal"]) = ("Cancelled", null, 15);
        record.Unit("a")["attempts"]!.AsArray().Insert(0, attempt);
        return record;
    }

    private static bool Is(JsonObject line, string name, string unit) => (string?)line["event"] == name && (string?)line["unit"] == unit;

    private static Rule[] Rules(SampleRecord record) => [.. record.Check().Select(complaint => complaint.Rule)];

    private static void AssertRules(SampleRecord record, params Rule[] expected) =>
        CollectionAssert.AreEqual(expected, Rules(record).Distinct().ToArray(), string.Join('\n', record.Check()));
}

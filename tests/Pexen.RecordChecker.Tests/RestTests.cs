using System.Text.Json.Nodes;

namespace Pexen.RecordChecking.Tests;

/// <summary>Several attempts of a unit, and the rests before and between them (rules 16, 18).</summary>
[TestClass]
public sealed class RestTests
{
    [TestMethod]
    public void SecondAttemptAfterARest_IsAccepted() => AssertComplaint(null, Retried(keeps: false));

    [TestMethod]
    public void SecondAttemptWithTheLocksOfTheFirst_IsAccepted() => AssertComplaint(null, Retried(keeps: true));

    [TestMethod]
    public void ReadyBeforeTheRestIsOver_IsRefused()
    {
        SampleRecord record = Retried(keeps: false);
        record.Event("rest", "a")["delayMs"] = 500;
        AssertComplaint(Rule.Times, record);
    }

    [TestMethod]
    public void SecondAttemptThatTheRecordDoesNotHave_IsRefused()
    {
        SampleRecord record = Retried(keeps: false);
        record.Unit("a")["attempts"]!.AsArray().RemoveAt(0);
        AssertComplaint(Rule.Lifecycle, record);
    }

    [TestMethod]
    public void RestBeforeAnotherAttemptThanTheNext_IsRefused()
    {
        SampleRecord record = Retried(keeps: false);
        record.Event("rest", "a")["attempt"] = 3;
        AssertComplaint(Rule.Lifecycle, record);
    }

    [TestMethod]
    public void AnotherTakesWhatIsKeptBetweenAttempts_IsRefused()
    {
        SampleRecord record = Retried(keeps: true);
        record.MoveBefore(record.Event("ready", "b"), record.Event("rest", "a"));
        record.MoveBefore(record.Event("start", "b"), record.Event("rest", "a"));
        CollectionAssert.Contains(Rules(record), Rule.Locks);
    }

    [TestMethod]
    public void DelayBeforeTheFirstAttempt_IsNoReasonToComplainThatItIsNotReady()
    {
        SampleRecord record = new Simulator([new("late") { Duration = 10 }, new("other") { Duration = 40, Priority = 1 }], 2).Run();
        JsonObject ready = record.Event("ready", "late");
        JsonObject start = record.Event("start", "late");
        JsonObject other = record.Event("start", "other");
        record.MoveBefore(other, ready);
        CollectionAssert.Contains(Rules(record), Rule.Readiness, "without the rest it is late");
        InsertBefore(record, other, Rest("late", 1, 0));
        CollectionAssert.DoesNotContain(Rules(record), Rule.Readiness);
        Assert.IsNotNull(start);
    }

    /// <summary>"a" fails once; "b" wants the same.</summary>
    private static SampleRecord Retried(bool keeps)
    {
        SampleRecord record = new Simulator(
            [new("a") { Duration = 10, Claims = ["db"] }, new("b") { Duration = 10, Claims = ["db"], DependsOn = [("a", "After")] }], 2).Run();
        JsonObject start = record.Event("start", "a");
        JsonObject end = record.Event("end", "a");
        JsonObject first = end.DeepClone().AsObject();
        JsonArray names = new("db");
        (first["held"], first["released"]) = keeps ? (names, new JsonArray()) : (new JsonArray(), (JsonNode)names);
        first["outcome"] = "Failed";
        first["code"] = keeps ? "PEX3008" : "PEX3001";
        first["exitCode"] = keeps ? null : 1;
        first["signal"] = keeps ? 11 : null;
        first["ns"] = start["ns"]!.GetValue<long>();
        JsonObject ready = record.Event("ready", "a").DeepClone().AsObject();
        JsonObject again = start.DeepClone().AsObject();
        foreach (JsonObject line in new[] { ready, again, end })
        {
            line["attempt"] = 2;
        }

        ready["ns"] = start["ns"]!.GetValue<long>();
        again["ns"] = start["ns"]!.GetValue<long>();
        foreach (JsonObject line in new[] { first, Rest("a", 2, start["ns"]!.GetValue<long>()), ready, again })
        {
            InsertBefore(record, end, line);
        }

        end["outcome"] = "Flaky";
        record.Unit("a")["outcome"] = "Flaky";
        JsonObject attempt = record.Unit("a")["attempts"]![0]!.DeepClone().AsObject();
        attempt["outcome"] = "Failed";
        attempt["exitCode"] = keeps ? null : 1;
        attempt["signal"] = keeps ? 11 : null;
        record.Unit("a")["attempts"]!.AsArray().Insert(0, attempt);
        return record;
    }

    private static JsonObject Rest(string unit, int attempt, long ns) =>
        new() { ["seq"] = 0, ["ns"] = ns, ["event"] = "rest", ["unit"] = unit, ["attempt"] = attempt, ["delayMs"] = 0 };

    private static void InsertBefore(SampleRecord record, JsonObject before, JsonObject line)
    {
        record.Events.Insert(record.Events.IndexOf(before), line);
        for (int index = 0; index < record.Events.Count; index++)
        {
            record.Events[index]["seq"] = index + 1;
        }
    }

    private static Rule[] Rules(SampleRecord record) => [.. record.Check().Select(complaint => complaint.Rule)];

    private static void AssertComplaint(Rule? rule, SampleRecord record)
    {
        string all = string.Join('\n', record.Check());
        if (rule is null)
        {
            Assert.AreEqual("", all);
        }
        else
        {
            CollectionAssert.Contains(Rules(record), rule.Value, all);
        }
    }
}

using System.Text.Json.Nodes;

namespace Pexen.RecordChecking.Tests;

/// <summary>Units that go with one of their category (rule 37).</summary>
[TestClass]
public sealed class ChainTests
{
    [TestMethod]
    public void AnotherIsStoppedWithOneThatBrokeItsLimit_IsAccepted() => AssertRules(Chained());

    [TestMethod]
    public void ItIsOfAnotherCategory_IsRefused()
    {
        SampleRecord record = Chained();
        record.Unit("other")["limits"]!["category"] = "d";
        AssertRules(record, Rule.Chain);
    }

    [TestMethod]
    public void ItIsSmaller_IsRefused()
    {
        SampleRecord record = Chained();
        record.Unit("other")["limits"]!["size"] = 1;
        AssertRules(record, Rule.Chain);
    }

    [TestMethod]
    public void TheOneToBlameOnlyFailed_IsRefused()
    {
        SampleRecord record = Chained();
        record.Unit("broken")["reason"] = "exit code 1";
        AssertRules(record, Rule.Chain);
    }

    [TestMethod]
    public void OneThatIsAsLargeStartsAfterwards_IsRefused()
    {
        SampleRecord record = Chained();
        record.Unit("later")["limits"] = Limits("C", 2);
        AssertRules(record, Rule.Chain);
    }

    /// <summary>"broken" times out, "other" is stopped with it, "later" is smaller.</summary>
    private static SampleRecord Chained()
    {
        SampleRecord record = new Simulator(
            [new("broken") { Duration = 10, Fate = "TimedOut" }, new("other") { Duration = 20 }, new("later") { Duration = 5, DependsOn = [("broken", "After")] }], 2).Run();
        record.Unit("broken")["reason"] = "timeout";
        record.Unit("broken")["limits"] = Limits("c", 2);
        record.Unit("later")["limits"] = Limits("c", 1);
        JsonObject other = record.Unit("other");
        other["limits"] = Limits("c", 2);
        JsonObject attempt = other["attempts"]![0]!.AsObject();
        JsonObject end = record.Event("end", "other");
        foreach (JsonObject one in new[] { other, attempt, end })
        {
            (one["outcome"], one["exitCode"], one["signal"]) = ("Cancelled", null, 15);
        }

        (other["reason"], other["causedBy"], other["code"]) = ("chained", "broken", "PEX3002");
        (end["reason"], end["code"], end["provided"]) = ("chained", "PEX3002", false);
        return record;
    }

    private static JsonObject Limits(string category, int size) => new() { ["memoryBytes"] = null, ["category"] = category, ["size"] = size, ["preemptible"] = true };

    private static void AssertRules(SampleRecord record, params Rule[] expected) =>
        CollectionAssert.AreEqual(expected, record.Check().Select(complaint => complaint.Rule).Distinct().ToArray(), string.Join('\n', record.Check()));
}

using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Pexen.RecordChecking.Tests;

[TestClass]
public sealed class GoodRecordTests
{
    [TestMethod]
    public void RunInWhichMostRulesApply_IsAccepted() => AssertAccepted(Scenario.Rich());

    [TestMethod]
    public void RunThatStopsAfterTwoFailures_IsAccepted() => AssertAccepted(Scenario.FailFast());

    [TestMethod]
    public void UnitsThatQueueForOneLock_AreAccepted() => AssertAccepted(Scenario.Queue());

    [TestMethod]
    public void RandomRuns_AreAccepted()
    {
        for (int seed = 0; seed < 400; seed++)
        {
            AssertAccepted(Scenario.Random(seed), $"seed {seed}");
        }
    }

    [TestMethod]
    public void RandomRunsWithGroups_AreAccepted()
    {
        SimulatedGroup lab = new("lab", 3);
        SimulatedGroup bench = new("bench", null, true);
        SimulatedGroup load = new("load", 4, true);
        SimulatedGroup?[] groups = [null, null, lab, new("vm", 1, false, lab), bench, new("quiet", 1, true, bench), load, new("pair", 2, false, load), new("inner", null, true, load)];
        for (int seed = 0; seed < 400; seed++)
        {
            AssertAccepted(Scenario.Random(seed, 30, groups), $"seed {seed}");
        }
    }

    [TestMethod]
    public void HandwrittenRecord_IsAccepted() =>
        Assert.AreEqual("", string.Join('\n', RecordCheck.Folder(Path.Combine(AppContext.BaseDirectory, "Records", "small"))));

    [TestMethod]
    public void SupervisorWasLost_RecordWithTornEventsIsAccepted()
    {
        SampleRecord record = Scenario.Queue();
        int cut = record.Events.IndexOf(record.Event("end", "writer"));
        record.Events.RemoveRange(cut, record.Events.Count - cut);
        record.Run["outcome"] = "Interrupted";
        record.Run["finishedAt"] = null;
        HashSet<string> ended = [.. record.Events.Where(line => (string)line["event"]! == "end").Select(line => (string)line["unit"]!)];
        foreach (JsonObject unit in record.Units.Select(unit => unit!.AsObject()).Where(unit => !ended.Contains((string)unit["name"]!)))
        {
            unit["outcome"] = "Cancelled";
            if (record.Events.Exists(line => (string)line["event"]! == "start" && (string)line["unit"]! == (string)unit["name"]!))
            {
                unit["finishedAt"] = null;
                unit["durationMs"] = null;
                unit["attempts"]![0]!["outcome"] = "Cancelled";
                unit["attempts"]![0]!["finishedAt"] = null;
                continue;
            }

            foreach (string name in new[] { "startedAt", "finishedAt", "durationMs", "slot", "log", "exitCode" })
            {
                unit[name] = null;
            }

            unit["attempts"] = new JsonArray();
        }

        Assert.AreEqual("", string.Join('\n', RecordCheck.Text(record.Run.ToJsonString(), [.. record.Lines(), "{\"seq\":9,\"n"])));
    }

    [TestMethod]
    public void FailureThatProvides_IsAcceptedWhenTheCallerVouchesForIt()
    {
        SampleRecord record = Scenario.Rich();
        record.Unit("schema")["outcome"] = "Failed";
        record.Unit("schema")["code"] = "PEX3001";
        record.Unit("schema")["attempts"]![0]!["outcome"] = "Failed";
        record.Event("end", "schema")["outcome"] = "Failed";
        CollectionAssert.Contains(record.Check().Select(complaint => complaint.Rule).ToList(), Rule.Order);
        Assert.AreEqual("", string.Join('\n', record.Check(new CheckOptions { ProvideOnFailure = ["schema"] })));
    }

    [TestMethod]
    public void TwentyThousandUnits_AreCheckedInAFewSeconds()
    {
        SampleRecord record = LargeRecord.Write(20_000);
        string run = record.Run.ToJsonString();
        IReadOnlyList<string> lines = record.Lines();
        var watch = Stopwatch.StartNew();
        IReadOnlyList<Complaint> complaints = RecordCheck.Text(run, lines);
        watch.Stop();
        Assert.AreEqual("", string.Join('\n', complaints.Take(10)));
        Console.WriteLine($"20,000 units: {watch.ElapsedMilliseconds} ms");
        Assert.IsLessThan(30_000, watch.ElapsedMilliseconds, "20,000 units take one or two seconds on an idle machine; this is what a quadratic check could not keep");
    }

    private static void AssertAccepted(SampleRecord record, string? what = null) =>
        Assert.AreEqual("", string.Join('\n', record.Check()), what);
}

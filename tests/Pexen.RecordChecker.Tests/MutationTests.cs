using System.Text.Json.Nodes;

namespace Pexen.RecordChecking.Tests;

/// <summary>Good records, each corrupted in one way: all are refused, each by the rule that it breaks.</summary>
[TestClass]
public sealed class MutationTests
{
    private static readonly Dictionary<string, (Rule Rule, Func<SampleRecord> Corrupted)> Mutations = new()
    {
        ["two claimers overlap"] = (Rule.Locks, () => Rich(record => record.MoveBefore(record.Event("start", "last"), record.Event("end", "schema")))),
        ["a user beside a claimer"] = (Rule.Locks, () => Queue(record => record.MoveBefore(record.Event("start", "writer"), record.Event("end", "reader")))),
        ["a claimer of the parent beside a claimer of the child"] = (Rule.Locks, () => Rich(record =>
        {
            JsonObject hold = record.Event("start", "train")["holds"]![0]!.AsObject();
            (hold["resource"], hold["mode"], hold["tokens"]) = ("net", "claim", null);
        })),
        ["started before the provider's end"] = (Rule.Order, () => Rich(record =>
        {
            record.MoveBefore(record.Event("ready", "client"), record.Event("end", "schema"));
            record.MoveBefore(record.Event("start", "client"), record.Event("end", "schema"));
        })),
        ["started before what it comes after ended"] = (Rule.Order, () => Rich(record =>
        {
            record.MoveBefore(record.Event("ready", "tail"), record.Event("end", "migrate"));
            record.MoveBefore(record.Event("start", "tail"), record.Event("end", "migrate"));
        })),
        ["started before any of its alternatives ended"] = (Rule.Order, () => Rich(record =>
            record.MoveBefore(record.Event("ready", "either"), record.Event("end", "server")))),
        ["started although the provider failed"] = (Rule.Order, () => Rich(record =>
        {
            record.Unit("schema")["outcome"] = "Failed";
            record.Event("end", "schema")["outcome"] = "Failed";
        })),
        ["a failure that provides for one and not for another"] = (Rule.Skip, ProvidesForOneOnly),
        ["a dependency left out of the record"] = (Rule.Order, () => Rich(record => record.Unit("client")["dependsOn"] = new JsonArray())),
        ["not ready when it could be"] = (Rule.Readiness, () => Rich(record => record.MoveBefore(record.Event("ready", "infer"), record.Event("start", "infer")))),
        ["slot used twice"] = (Rule.Slots, () => Rich(record => record.Event("start", "train")["slots"] = new JsonArray(1))),
        ["slot out of range"] = (Rule.Slots, () => Rich(record => record.Event("start", "train")["slots"] = new JsonArray(4))),
        ["fewer slots than declared"] = (Rule.Slots, () => Rich(record => record.Event("start", "wide")["slots"]!.AsArray().RemoveAt(1))),
        ["missing unit"] = (Rule.Completeness, () => Rich(record => record.Units.Remove(record.Unit("infer")))),
        ["duplicate unit"] = (Rule.Completeness, () => Rich(record => record.Units.Add(record.Unit("infer").DeepClone()))),
        ["unit without events"] = (Rule.Completeness, () => Rich(record => record.Events.RemoveAll(line => (string?)line["unit"] == "probe"))),
        ["outcome flipped in run.json"] = (Rule.Lifecycle, () => Rich(record => record.Unit("infer")["outcome"] = "Failed")),
        ["outcome flipped in the attempt"] = (Rule.Lifecycle, () => Rich(record => record.Unit("infer")["attempts"]![0]!["outcome"] = "TimedOut")),
        ["exit code of another"] = (Rule.Lifecycle, () => Rich(record => record.Event("end", "infer")["exitCode"] = 3)),
        ["slot of run.json is not that of the start"] = (Rule.Lifecycle, () => Rich(record => record.Unit("infer")["slot"] = 9)),
        ["holds dropped from a start"] = (Rule.Holds, () => Rich(record => record.Event("start", "schema")["holds"] = new JsonArray())),
        ["a use where a claim is declared"] = (Rule.Holds, () => Rich(record => record.Event("start", "schema")["holds"]![0]!["mode"] = "use")),
        ["fewer tokens than declared"] = (Rule.Holds, () => Rich(record => record.Event("start", "train")["holds"]![0]!["tokens"] = 1)),
        ["released what it did not hold"] = (Rule.Holds, () => Rich(record => record.Event("end", "infer")["released"]!.AsArray().Add("db"))),
        ["neither released nor held"] = (Rule.Holds, () => Rich(record => record.Event("end", "infer")["released"] = new JsonArray())),
        ["locks kept after success"] = (Rule.Holds, () => Rich(record =>
        {
            record.Event("end", "infer")["held"] = record.Event("end", "infer")["released"]!.DeepClone();
            record.Event("end", "infer")["released"] = new JsonArray();
        })),
        ["tokens over capacity"] = (Rule.Tokens, () => Rich(record => record.MoveBefore(record.Event("start", "infer"), record.Event("end", "train")))),
        ["an instance with two units"] = (Rule.Instances, () => Named(record =>
        {
            record.Event("start", "second")["holds"]![0]!["instances"]![0] = "a";
        })),
        ["an instance that nobody declared"] = (Rule.Instances, () => Named(record => record.Event("start", "first")["holds"]![0]!["instances"]![0] = "c")),
        ["a token without an instance"] = (Rule.Instances, () => Named(record => record.Event("start", "first")["holds"]![0]!["instances"]!.AsArray().Clear())),
        ["one instance twice"] = (Rule.Instances, () => Named(record => record.Event("start", "both")["holds"]![0]!["instances"]![1] = "a")),
        ["a claim without all instances"] = (Rule.Instances, () => Named(record => record.Event("start", "all")["holds"]![0]!["instances"]!.AsArray().RemoveAt(0))),
        ["an instance of what has none"] = (Rule.Instances, () => Rich(record => record.Event("start", "infer")["holds"]![0]!["instances"]!.AsArray().Add("0"))),
        ["rank against priority"] = (Rule.Rank, () => Rich(record => Swap(record.Event("ready", "schema"), record.Event("ready", "wide"), "rank"))),
        ["one rank for two"] = (Rule.Rank, () => Rich(record => record.Event("ready", "schema")["rank"] = 3)),
        ["priority of another"] = (Rule.Rank, () => Rich(record => record.Event("ready", "schema")["priority"] = 1)),
        ["a better one left behind"] = (Rule.Rank, () => FailFast(record => Swap(record.Event("ready", "one"), record.Event("ready", "four"), "rank"))),
        ["overtaking a waiting claimer"] = (Rule.Overtaking, Overtaking),
        ["narrow units starve a wide one"] = (Rule.Overtaking, NarrowPassesWide),
        ["seq gap"] = (Rule.Sequence, () => Rich(record => record.Events.RemoveAt(5))),
        ["ns backwards"] = (Rule.Clock, () => Rich(record => record.Events[^2]["ns"] = 1)),
        ["finish missing"] = (Rule.Sequence, () => Rich(record => record.Remove(record.Event("finish")))),
        ["run missing"] = (Rule.Sequence, () => Rich(record => record.Remove(record.Event("run")))),
        ["events of another run"] = (Rule.Sequence, () => Rich(record => record.Event("run")["runId"] = "20261121T101500Z-0000")),
        ["end without start"] = (Rule.Lifecycle, () => Rich(record => record.Remove(record.Event("start", "infer")))),
        ["start without ready"] = (Rule.Lifecycle, () => Rich(record => record.Remove(record.Event("ready", "infer")))),
        ["start without end"] = (Rule.Completeness, () => Rich(record => record.Remove(record.Event("end", "infer")))),
        ["two ends"] = (Rule.Lifecycle, () => Rich(record =>
        {
            record.Events.Insert(record.Events.Count - 1, record.Event("end", "infer").DeepClone().AsObject());
            record.Renumber();
        })),
        ["started after it was skipped"] = (Rule.Lifecycle, () => Rich(record => record.MoveBefore(record.Event("skip", "report"), record.Event("end", "migrate")))
            .With(record => record.Event("skip", "report")["event"] = "start")),
        ["skip without cause"] = (Rule.Skip, () => Rich(record =>
        {
            record.Event("skip", "report")["causedBy"] = null;
            record.Unit("report")["causedBy"] = null;
        })),
        ["skip that blames one that succeeded"] = (Rule.Skip, () => Rich(record =>
        {
            record.Event("skip", "report")["causedBy"] = "schema";
            record.Unit("report")["causedBy"] = "schema";
        })),
        ["skip that blames the one before instead of the root"] = (Rule.Skip, () => Rich(record =>
        {
            record.Event("skip", "publish")["causedBy"] = "report";
            record.Unit("publish")["causedBy"] = "report";
        })),
        ["skip before its cause"] = (Rule.Skip, () => Rich(record => record.MoveBefore(record.Event("skip", "report"), record.Event("end", "migrate")))),
        ["processors where none are bound"] = (Rule.Affinity, () => Rich(record => record.Event("start", "infer")["processors"] = new JsonArray(0))),
        ["no processors where they are bound"] = (Rule.Affinity, () => Rich(record => record.Run["affinity"] = "Core")),
        ["one processor with two units"] = (Rule.Affinity, () => Rich(record =>
        {
            record.Run["affinity"] = "Thread";
            foreach (JsonObject start in record.Events.Where(line => (string?)line["event"] == "start"))
            {
                start["processors"] = new JsonArray(0);
                record.Unit((string)start["unit"]!)["processors"] = new JsonArray(0);
            }
        })),
        ["a memory limit broken that there is not"] = (Rule.Memory, () => Rich(record => record.Unit("migrate")["code"] = "PEX3010")),
        ["a memory limit broken by less"] = (Rule.Memory, () => Rich(record =>
        {
            record.Unit("migrate")["code"] = "PEX3010";
            record.Unit("migrate")["limits"] = new JsonObject { ["memoryBytes"] = 4096, ["category"] = null, ["size"] = 0, ["preemptible"] = true };
            record.Unit("migrate")["peakMemoryBytes"] = 4096;
            record.Event("end", "migrate")["peakMemoryBytes"] = 4096;
        })),
        ["more memory in run.json than at the end"] = (Rule.Usage, () => Rich(record => record.Unit("infer")["peakMemoryBytes"] = 4096)),
        ["other processor time at the end"] = (Rule.Usage, () => Rich(record => record.Event("end", "infer")["cpuMs"] = 7.5)),
        ["run outcome wrong"] = (Rule.Outcome, () => Rich(record => record.ChangeOutcome("Succeeded"))),
        ["run outcome wrong in the last event"] = (Rule.Outcome, () => Rich(record => record.Event("finish")["outcome"] = "Succeeded")),
        ["failed without a failure"] = (Rule.Outcome, () => Queue(record => record.ChangeOutcome("Failed"))),
        ["failure without a code"] = (Rule.Outcome, () => Rich(record => record.Unit("migrate")["code"] = null)),
        ["held lock not in heldLocks"] = (Rule.HeldLocks, () => Rich(record => record.Run["heldLocks"] = new JsonArray())),
        ["heldLocks that nobody held"] = (Rule.HeldLocks, () => Rich(record => record.Run["heldLocks"]![0]!["resource"] = "db")),
        ["start after the FailFast limit"] = (Rule.FailFast, () => FailFast(record =>
        {
            JsonObject skip = record.Event("skip", "five");
            (skip["event"], skip["attempt"], skip["slots"], skip["holds"]) = ("start", 1, new JsonArray(2), new JsonArray());
        })),
        ["FailFast skips before the limit"] = (Rule.Skip, () => FailFast(record => record.MoveBefore(record.Event("skip", "five"), record.Event("end", "one")))),
        ["cancelled in a run that was not"] = (Rule.Lifecycle, () => Rich(record => record.Event("skip", "report")["event"] = "cancel")),
        ["finished before it started"] = (Rule.Times, () => Rich(record => record.Unit("infer")["finishedAt"] = "2026-11-21T10:14:00.000Z")),
        ["outside the time of the run"] = (Rule.Times, () => Rich(record => record.Run["finishedAt"] = "2026-11-21T10:15:00.020Z")),
        ["two units with one log"] = (Rule.Logs, () => Rich(record => record.Unit("infer")["log"] = "logs/TRAIN.log")),
        ["log outside the record"] = (Rule.Logs, () => Rich(record => record.Unit("infer")["log"] = "../infer.log")),
        ["a type that is wrong"] = (Rule.Format, () => Rich(record => record.Unit("infer")["index"] = "four")),
        ["a null that is not allowed"] = (Rule.Format, () => Rich(record => record.Run["heldLocks"] = null)),
        ["a property that is left out"] = (Rule.Format, () => Rich(record => record.Unit("client")["dependsOn"]![0]!.AsObject().Remove("kind"))),
        ["a unit more than were planned"] = (Rule.Completeness, () => Rich(record => record.Event("run")["units"] = 12)),
        ["an event that is none"] = (Rule.Format, () => Rich(record => record.Event("ready", "infer")["event"] = "steady")),
    };

    public static IEnumerable<object[]> Names => Mutations.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void CorruptedRecord_IsRefusedByTheRuleItBreaks(string mutation)
    {
        (Rule rule, Func<SampleRecord> corrupted) = Mutations[mutation];
        IReadOnlyList<Complaint> complaints = corrupted().Check();
        Assert.IsTrue(complaints.Any(complaint => complaint.Rule == rule), $"{rule} expected, but: {string.Join('\n', complaints)}");
    }

    [TestMethod]
    public void SeveralCorruptions_AreAllNamed()
    {
        SampleRecord record = Rich(record =>
        {
            record.Event("start", "train")["slots"] = new JsonArray(4);
            record.Unit("migrate")["code"] = null;
            record.Run["heldLocks"] = new JsonArray();
        });
        List<Rule> rules = [.. record.Check().Select(complaint => complaint.Rule)];
        CollectionAssert.IsSubsetOf(new[] { Rule.Slots, Rule.Outcome, Rule.HeldLocks }, rules);
    }

    private static SampleRecord Rich(Action<SampleRecord> corrupt) => Scenario.Rich().With(corrupt);

    private static SampleRecord Named(Action<SampleRecord> corrupt) => Scenario.Named().With(corrupt);

    private static SampleRecord Queue(Action<SampleRecord> corrupt) => Scenario.Queue().With(corrupt);

    private static SampleRecord FailFast(Action<SampleRecord> corrupt) => Scenario.FailFast().With(corrupt);

    /// <summary>A reader that comes later and shares with the present reader, past the writer that waits: legal for locks, but not fair.</summary>
    private static SampleRecord Overtaking()
    {
        SampleRecord record = Scenario.Queue();
        JsonObject start = record.Event("start", "second");
        record.MoveBefore(record.Event("end", "other"), record.Event("start", "writer"));
        record.MoveBefore(start, record.Event("end", "reader"));
        return record;
    }

    private static SampleRecord NarrowPassesWide()
    {
        SampleRecord record = new Simulator(
            [new("long") { Duration = 50 }, new("wide") { Slots = 2, Duration = 10 }, new("narrow") { Duration = 10 }], 2).Run();
        record.MoveBefore(record.Event("start", "narrow"), record.Event("end", "long"));
        record.Event("start", "narrow")["slots"] = new JsonArray(2);
        record.MoveBefore(record.Event("end", "narrow"), record.Event("end", "long"));
        record.Unit("narrow")["slot"] = 2;
        return record;
    }

    private static SampleRecord ProvidesForOneOnly()
    {
        SampleRecord record = new Simulator(
            [
                new("failing") { Fate = "ControlledFailure" },
                new("first") { DependsOn = [("failing", "Requires")] },
                new("second") { DependsOn = [("failing", "Requires")] },
            ],
            1).Run();
        record.Remove(record.Event("ready", "second"));
        record.Remove(record.Event("end", "second"));
        JsonObject skip = record.Event("start", "second");
        (skip["event"], skip["causedBy"]) = ("skip", "failing");
        JsonObject unit = record.Unit("second");
        (unit["outcome"], unit["causedBy"]) = ("Skipped", "failing");
        return record;
    }

    private static void Swap(JsonObject left, JsonObject right, string name)
    {
        int value = (int)left[name]!;
        left[name] = (int)right[name]!;
        right[name] = value;
    }
}

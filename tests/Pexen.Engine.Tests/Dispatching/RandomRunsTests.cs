using System.Text.Json;
using Pexen.Execution;
using Pexen.Execution.Dispatching;
using Pexen.Model;
using Pexen.RecordChecking;
using Pexen.RecordChecking.SchemaValidation;
using Pexen.Records;

namespace Pexen.Engine.Tests.Dispatching;

/// <summary>Planner, scheduler, dispatcher, journal and record together, on random runs; the judge is the independent checker.</summary>
[TestClass]
public sealed class RandomRunsTests
{
    private static readonly int Runs = Environment.GetEnvironmentVariable("PEXEN_FULL") == "1" ? 3_000 : 300;
    private static readonly SchemaValidator RunSchema = Schema("run");
    private static readonly SchemaValidator EventsSchema = Schema("events");

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [Timeout(600_000, CooperativeCancellation = true)]
    public void RandomRuns_LeaveRecordsThatKeepTheRules()
    {
        Dictionary<string, int> outcomes = [];
        for (int seed = 0; seed < Runs && !TestContext.CancellationToken.IsCancellationRequested; seed++)
        {
            string outcome = Play(seed);
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        }

        // A generator that no longer reaches an end proves nothing about it.
        CollectionAssert.IsSubsetOf(new[] { "Succeeded", "Failed", "TimedOut", "Cancelled" }, outcomes.Keys);
        TestContext.WriteLine(string.Join(", ", outcomes));
    }

    private static string Play(int seed)
    {
        using var folder = new TemporaryFolder();
        var random = new Random(seed);
        RunRequest request = RandomRequest.Create(random, folder.Path);
        var time = new ManualTime();
        using var executor = new RandomExecutor(random, time);
        var dispatcher = new Dispatcher(request, executor, time, _ => { }, (_, _, _, _) => []);
        string lost = folder.Inside("lost");
        int killed = random.Next(1, 30);
        int cancelled = random.Next(6) == 0 ? random.Next(1, 15) : 0;
        int waits = 0;
        executor.OnWait = () =>
        {
            waits++;
            if (waits == killed)
            {
                Copy(request.Folder, lost);
            }

            if (waits == cancelled)
            {
                dispatcher.Cancel("a test");
            }
        };

        string outcome = dispatcher.Run().Outcome;

        Judge(request.Folder, request, $"seed {seed}");
        if (Directory.Exists(lost))
        {
            Tear(Path.Combine(lost, "events.jsonl"), random);
            Assert.IsNotNull(Recovery.Recover(new RunFolder(lost), _ => ["sleep (4713)"]), $"seed {seed}");
            Judge(lost, request, $"seed {seed}, supervisor lost at wait {killed}");
        }

        return outcome;
    }

    private static void Judge(string folder, RunRequest request, string which)
    {
        string run = File.ReadAllText(Path.Combine(folder, "run.json"));
        string[] events = File.ReadAllLines(Path.Combine(folder, "events.jsonl"));
        var options = new CheckOptions
        {
            ProvideOnFailure = Names(request, unit => unit.OnFailure.HasFlag(Aftermath.Provide) || unit.OnCrash.HasFlag(Aftermath.Provide)),
            ContinueOnError = Names(request, unit => unit.ContinueOnError != FailureTolerance.ErrorAndStop),
            MaxFailures = request.MaxFailures,
            LogFolder = folder,
        };
        Assert.AreEqual("", string.Join('\n', RecordCheck.Text(run, events, options)), which);
        Assert.AreEqual("", string.Join('\n', RunSchema.Validate(run)), which);
        Assert.AreEqual("", string.Join('\n', EventsSchema.ValidateLines([.. events.Where(IsWhole)])), which);
    }

    private static string[] Names(RunRequest request, Func<UnitDefinition, bool> chosen) =>
        [.. request.Plan.Units.Select(unit => unit.Definition).Where(chosen).Select(unit => unit.Name)];

    /// <summary>Half of the time the last write did not come through whole.</summary>
    private static void Tear(string events, Random random)
    {
        byte[] bytes = File.ReadAllBytes(events);
        if (random.Next(2) == 0)
        {
            File.WriteAllBytes(events, bytes[..^random.Next(Math.Min(bytes.Length, 60))]);
        }
    }

    /// <summary>By its last letter it cannot be told: an object within an event ends like the event.</summary>
    private static bool IsWhole(string line)
    {
        try
        {
            using var whole = JsonDocument.Parse(line);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static SchemaValidator Schema(string name) => new(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "schema", $"{name}.schema.json")));
}

using Pexen.RecordChecking;
using Pexen.RecordChecking.SchemaValidation;

namespace Pexen.Sdk.Tests.Infrastructure;

/// <summary>What every record must stand: the independent checker and both schemas.</summary>
internal static class RecordAssert
{
    private static readonly Lazy<SchemaValidator> RunSchema = new(() => Load("run.schema.json"));
    private static readonly Lazy<SchemaValidator> EventsSchema = new(() => Load("events.schema.json"));

    /// <summary>The record in <paramref name="folder"/> keeps the rules.</summary>
    public static void KeepsTheRules(string folder)
    {
        string run = File.ReadAllText(Path.Combine(folder, "run.json"));
        string[] events = File.ReadAllLines(Path.Combine(folder, "events.jsonl"));
        Assert.AreEqual("", string.Join('\n', RecordCheck.Text(run, events, new CheckOptions { LogFolder = folder })), run);
        Assert.AreEqual("", string.Join('\n', RunSchema.Value.Validate(run)), run);
        Assert.AreEqual("", string.Join('\n', EventsSchema.Value.ValidateLines(events)), string.Join('\n', events));
    }

    private static SchemaValidator Load(string name) => new(File.ReadAllText(Path.Combine(Repository.Root, "docs", "schema", name)));
}

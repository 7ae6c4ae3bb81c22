using System.Text.Json;
using Pexen.RecordChecking;
using Pexen.RecordChecking.SchemaValidation;

namespace Pexen.Sdk.Tests.Infrastructure;

/// <summary>
/// What a run left in the folder of its phase. Nobody looks at it before it has been judged: by the independent checker, logs included, and
/// by the schemas of the documentation.
/// </summary>
internal sealed class RecordedRun
{
    private static readonly string Schemas = Path.Combine(Repository.Root, "docs", "schema");

    public RecordedRun(string folder, CheckOptions? options = null)
    {
        Folder = folder;
        string record = Path.Combine(folder, "run.json");
        string[] events = File.ReadAllLines(Path.Combine(folder, "events.jsonl"));
        string complaints = string.Join('\n',
        [
            .. RecordCheck.Folder(folder, (options ?? new CheckOptions()) with { LogFolder = folder }).Select(complaint => complaint.ToString()),
            .. Validator("run").Validate(File.ReadAllText(record)).Select(problem => $"run.json {problem}"),
            .. Validator("events").ValidateLines(events).Select(problem => $"events.jsonl {problem}"),
        ]);
        Assert.AreEqual("", complaints, $"the record in {folder}:\n{File.ReadAllText(record)}\n{string.Join('\n', events)}");
        Json = JsonDocument.Parse(File.ReadAllBytes(record)).RootElement;
        Events = [.. events.Select(line => JsonDocument.Parse(line).RootElement)];
    }

    public string Folder { get; }

    public JsonElement Json { get; }

    public IReadOnlyList<JsonElement> Events { get; }

    public IReadOnlyList<JsonElement> Units => [.. Json.GetProperty("units").EnumerateArray()];

    public string Outcome => Json.GetProperty("outcome").GetString()!;

    public JsonElement this[string unit] => Units.Single(one => one.GetProperty("name").GetString() == unit);

    /// <summary>Outcome, and the reason if there is one: <c>Failed exit code 3</c>.</summary>
    public string OutcomeOf(string unit) => $"{this[unit].GetProperty("outcome").GetString()} {this[unit].GetProperty("reason").GetString()}".TrimEnd();

    /// <summary>Everything a unit wrote, byte for byte; empty where it wrote nothing.</summary>
    public byte[] BytesOf(string unit) => this[unit].GetProperty("log").GetString() is string log ? File.ReadAllBytes(Path.Combine(Folder, log)) : [];

    public string LogOf(string unit) => System.Text.Encoding.UTF8.GetString(BytesOf(unit));

    /// <summary>Names of units in the order of an event, <c>start</c> or <c>end</c>.</summary>
    public IReadOnlyList<string> Order(string name) =>
        [.. Events.Where(one => one.GetProperty("event").GetString() == name).Select(one => one.GetProperty("unit").GetString()!)];

    /// <summary>The place of an event of a unit in the order of all.</summary>
    public long Sequence(string name, string unit) =>
        Events.Single(one => one.GetProperty("event").GetString() == name && one.GetProperty("unit").GetString() == unit).GetProperty("seq").GetInt64();

    /// <summary>Whether two units ran at the same time.</summary>
    public bool Overlapped(string one, string other) =>
        Sequence("start", one) < Sequence("end", other) && Sequence("start", other) < Sequence("end", one);

    private static SchemaValidator Validator(string name) => new(File.ReadAllText(Path.Combine(Schemas, $"{name}.schema.json")));
}

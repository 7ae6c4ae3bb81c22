using System.Text.Json;
using Pexen.RecordChecking.SchemaValidation;

namespace Pexen.RecordChecking.Tests;

[TestClass]
public sealed class SchemaTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "schema");

    private static SchemaValidator Run => new(File.ReadAllText(Path.Combine(Folder, "run.schema.json")));

    private static SchemaValidator Events => new(File.ReadAllText(Path.Combine(Folder, "events.schema.json")));

    [TestMethod]
    public void GoodRecords_FitTheSchemas()
    {
        foreach (SampleRecord record in new[] { Scenario.Rich(), Scenario.FailFast(), Scenario.Queue(), Scenario.Random(7) })
        {
            Assert.AreEqual("", string.Join('\n', Run.Validate(record.Run.ToJsonString()).Concat(Events.ValidateLines(record.Lines()))));
        }
    }

    [TestMethod]
    public void HandwrittenRecord_FitsTheSchemas()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Records", "small");
        Assert.AreEqual("", string.Join('\n', Run.Validate(File.ReadAllText(Path.Combine(folder, "run.json")))));
        Assert.AreEqual("", string.Join('\n', Events.ValidateLines(File.ReadAllLines(Path.Combine(folder, "events.jsonl")))));
    }

    [TestMethod]
    [DataRow("units/0/outcome", "\"Fine\"")]
    [DataRow("units/0/slot", "0")]
    [DataRow("units/0/slots", "\"one\"")]
    [DataRow("startedAt", "\"21.11.2026 10:15\"")]
    [DataRow("schema", "2")]
    [DataRow("maxParallel", "1.5")]
    public void ValueThatIsWrong_IsRefusedWithItsPlace(string path, string value)
    {
        SampleRecord record = Scenario.Queue();
        string[] steps = path.Split('/');
        var node = steps.Length == 1 ? record.Run : record.Units[0]!.AsObject();
        node[steps[^1]] = System.Text.Json.Nodes.JsonNode.Parse(value);
        IReadOnlyList<SchemaProblem> problems = Run.Validate(record.Run.ToJsonString());
        Assert.HasCount(1, problems);
        Assert.AreEqual("/" + path, problems[0].Path);
    }

    [TestMethod]
    public void PropertyLeftOutOrUnknown_IsRefused()
    {
        SampleRecord record = Scenario.Queue();
        record.Unit("reader").Remove("peakMemoryBytes");
        record.Unit("reader")["colour"] = "red";
        string problems = string.Join('\n', Run.Validate(record.Run.ToJsonString()));
        StringAssert.Contains(problems, "peakMemoryBytes");
        StringAssert.Contains(problems, "colour");
    }

    [TestMethod]
    public void EventOfNoKnownKind_IsRefused() => Assert.IsNotEmpty(Events.Validate("""{"seq":1,"ns":0,"event":"steady","unit":"a"}"""));

    [TestMethod]
    public void KeywordThatTheValidatorDoesNotKnow_IsNotPassedOver() =>
        Assert.ThrowsExactly<NotSupportedException>(() => new SchemaValidator("""{"maxLength":1}""").Validate("\"ab\""));

    [TestMethod]
    [DataRow("run.schema.json")]
    [DataRow("events.schema.json")]
    public void EveryObjectOfTheSchemas_DescribesAndRequiresAllItsProperties(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, file)));
        AssertComplete(document.RootElement, file);
    }

    private static void AssertComplete(JsonElement schema, string place)
    {
        if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out JsonElement properties) && properties.ValueKind == JsonValueKind.Object)
        {
            string[] required = [.. schema.GetProperty("required").EnumerateArray().Select(name => name.GetString()!)];
            Assert.IsFalse(schema.GetProperty("additionalProperties").GetBoolean(), place);
            foreach (JsonProperty property in properties.EnumerateObject())
            {
                CollectionAssert.Contains(required, property.Name, place);
                string? description = property.Value.GetProperty("description").GetString();
                Assert.IsTrue(description?.EndsWith('.'), $"{place}/{property.Name} has no sentence that describes it");
            }
        }

        foreach (JsonElement inner in schema.ValueKind switch
        {
            JsonValueKind.Object => schema.EnumerateObject().Select(property => property.Value),
            JsonValueKind.Array => schema.EnumerateArray(),
            _ => Enumerable.Empty<JsonElement>(),
        })
        {
            AssertComplete(inner, place);
        }
    }
}

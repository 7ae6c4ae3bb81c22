using System.Text.Json.Nodes;

namespace Pexen.RecordChecking.Tests;

/// <summary>A record in memory that tests can corrupt.</summary>
internal sealed class SampleRecord(JsonObject run, List<JsonObject> events)
{
    public JsonObject Run { get; } = run;

    public List<JsonObject> Events { get; } = events;

    public JsonArray Units => Run["units"]!.AsArray();

    public static SampleRecord Parse(string run, IEnumerable<string> lines) =>
        new(JsonNode.Parse(run)!.AsObject(), [.. lines.Select(line => JsonNode.Parse(line)!.AsObject())]);

    public JsonObject Unit(string name) => Units.Single(unit => (string)unit!["name"]! == name)!.AsObject();

    public JsonObject Event(string kind, string? unit = null) =>
        Events.First(line => (string)line["event"]! == kind && (string?)line["unit"] == unit);

    public SampleRecord With(Action<SampleRecord> change)
    {
        change(this);
        return this;
    }

    public void ChangeOutcome(string outcome)
    {
        Run["outcome"] = outcome;
        Event("finish")["outcome"] = outcome;
    }

    public void MoveBefore(JsonObject moved, JsonObject other)
    {
        Events.Remove(moved);
        Events.Insert(Events.IndexOf(other), moved);
        Renumber();
    }

    public void Remove(JsonObject line)
    {
        Events.Remove(line);
        Renumber();
    }

    /// <summary>Makes <c>seq</c> and <c>ns</c> right again, so that only the corruption that is meant is left.</summary>
    public void Renumber()
    {
        for (int i = 0; i < Events.Count; i++)
        {
            Events[i]["seq"] = i + 1;
            Events[i]["ns"] = i * 1000;
        }
    }

    public IReadOnlyList<string> Lines() => [.. Events.Select(line => line.ToJsonString())];

    public IReadOnlyList<Complaint> Check(CheckOptions? options = null) => RecordCheck.Text(Run.ToJsonString(), Lines(), options);
}

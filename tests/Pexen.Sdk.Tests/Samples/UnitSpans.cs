using System.Text.Json;

namespace Pexen.Sdk.Tests.Samples;

/// <summary>From when to when each unit of one or more records ran.</summary>
internal sealed class UnitSpans
{
    private readonly Dictionary<string, (DateTimeOffset From, DateTimeOffset To)> _spans = [];

    /// <param name="record">A run.json.</param>
    /// <param name="prefix">Tells units of several records apart.</param>
    public UnitSpans Add(JsonElement record, string prefix = "")
    {
        foreach (JsonElement unit in record.GetProperty("units").EnumerateArray().Where(unit => unit.GetProperty("startedAt").ValueKind == JsonValueKind.String))
        {
            _spans.Add(prefix + unit.GetProperty("name").GetString(), (unit.GetProperty("startedAt").GetDateTimeOffset(), unit.GetProperty("finishedAt").GetDateTimeOffset()));
        }

        return this;
    }

    public bool Overlap(string one, string other) => _spans[one].From < _spans[other].To && _spans[other].From < _spans[one].To;

    public bool EndsBefore(string first, string second) => _spans[first].To <= _spans[second].From;

    public override string ToString() => string.Join('\n', _spans.OrderBy(span => span.Value.From).Select(span => $"{span.Value.From:ss.fff} {span.Value.To:ss.fff} {span.Key}"));
}

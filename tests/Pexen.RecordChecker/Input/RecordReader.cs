using System.Text.Json;

namespace Pexen.RecordChecking.Input;

/// <summary>Turns the two files into values, with a complaint for what cannot be read.</summary>
internal static class RecordReader
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static RunFile? ReadRun(string json, Complaints complaints)
    {
        try
        {
            return JsonSerializer.Deserialize<RunFile>(json, Options);
        }
        catch (JsonException problem)
        {
            complaints.Add(Rule.Format, $"run.json: {problem.Message}");
            return null;
        }
    }

    /// <param name="lines">The lines of events.jsonl.</param>
    /// <param name="mayBeTorn">Whether the last line may be cut off, as it is when the supervisor was lost.</param>
    /// <param name="complaints">Where complaints go.</param>
    public static List<RunEvent> ReadEvents(IReadOnlyList<string> lines, bool mayBeTorn, Complaints complaints)
    {
        List<RunEvent> events = new(lines.Count);
        for (int i = 0; i < lines.Count; i++)
        {
            try
            {
                events.Add(JsonSerializer.Deserialize<RunEvent>(lines[i], Options) ?? throw new JsonException("an event is an object"));
            }
            catch (JsonException problem)
            {
                if (mayBeTorn && i == lines.Count - 1)
                {
                    continue;
                }

                complaints.Add(Rule.Format, $"events.jsonl, line {i + 1}: {problem.Message}");
            }
        }

        return events;
    }
}

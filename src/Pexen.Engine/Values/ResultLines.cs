using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Pexen.Records;

namespace Pexen.Values;

/// <summary>Reads the lines of <c>PEXEN_RESULTS</c>, a JSON object each, in their order.</summary>
internal static class ResultLines
{
    private static readonly string[] Statuses = ["pass", "fail", "info", "warn", "skip", "error"];

    public static ImmutableArray<ResultRecord> Read(ReadOnlySpan<byte> bytes, out IReadOnlyList<LineProblem> problems)
    {
        ImmutableArray<ResultRecord>.Builder results = ImmutableArray.CreateBuilder<ResultRecord>();
        List<LineProblem> found = [];
        var text = new SideText(bytes);
        while (text.TryRead(out ReadOnlySpan<char> line))
        {
            line = line.Trim();
            if (line.IsEmpty)
            {
                continue;
            }

            string? fault = text.Fault(line);
            ResultRecord? result = fault is null ? Read(line.ToString(), out fault) : null;
            if (result is not null)
            {
                results.Add(result);
            }
            else
            {
                found.Add(LineProblem.Of(text.Line, line, fault!));
            }
        }

        problems = found;
        return results.DrainToImmutable();
    }

    private static ResultRecord? Read(string line, out string? fault)
    {
        try
        {
            using var json = JsonDocument.Parse(Encoding.UTF8.GetBytes(line));
            return Read(json.RootElement, out fault);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            fault = "it is not a JSON object on one line";
            return null;
        }
    }

    private static ResultRecord? Read(JsonElement line, out string? fault)
    {
        if (line.ValueKind != JsonValueKind.Object)
        {
            fault = "it is not a JSON object on one line";
            return null;
        }

        string? name = Text(line, "name", out bool badName);
        string? status = Text(line, "status", out bool badStatus)?.ToLowerInvariant();
        string? note = Text(line, "note", out bool badNote);
        ImmutableArray<string> files = Files(line, out bool badFiles);
        fault = badName || string.IsNullOrEmpty(name) ? "it has no \"name\" with a text"
            : badStatus || !Statuses.Contains(status) ? $"its \"status\" is none of {string.Join(", ", Statuses)}"
            : badNote ? "its \"note\" is not a text"
            : badFiles ? "its \"files\" are not a list of paths"
            : null;
        return fault is null ? new ResultRecord(name!, status!, note, files) : null;
    }

    private static string? Text(JsonElement line, string name, out bool bad)
    {
        bool there = line.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null;
        bad = there && value.ValueKind != JsonValueKind.String;
        return there && !bad ? value.GetString() : null;
    }

    private static ImmutableArray<string> Files(JsonElement line, out bool bad)
    {
        bad = false;
        if (!line.TryGetProperty("files", out JsonElement list) || list.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            bad = true;
            return [];
        }

        ImmutableArray<string>.Builder files = ImmutableArray.CreateBuilder<string>();
        foreach (JsonElement file in list.EnumerateArray())
        {
            if (file.ValueKind != JsonValueKind.String || file.GetString() is not { Length: > 0 } path)
            {
                bad = true;
                return [];
            }

            files.Add(path);
        }

        return files.DrainToImmutable();
    }
}

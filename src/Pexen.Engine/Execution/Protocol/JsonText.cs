using System.Collections.Immutable;
using System.Text.Json;
using Pexen.Model;

namespace Pexen.Execution.Protocol;

/// <summary>What all hand-written readers and writers of JSON here share. No reflection and no generated code: both cost 20 ms at the start of a process.</summary>
internal static class JsonText
{
    /// <summary>On one line.</summary>
    public static JsonWriterOptions Compact { get; } = new() { Encoder = ReadableEncoder.Instance, SkipValidation = true };

    public static JsonWriterOptions Indented { get; } = new()
    {
        Encoder = ReadableEncoder.Instance,
        SkipValidation = true,
        Indented = true,
        NewLine = "\n",
    };

    /// <summary>Steps onto the next property of an object and onto its value; null at the object's end.</summary>
    public static string? NextProperty(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType == JsonTokenType.EndObject)
        {
            return null;
        }

        string name = reader.GetString()!;
        reader.Read();
        return name;
    }

    /// <summary>Steps onto the next element of an array; false at its end.</summary>
    public static bool NextElement(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType != JsonTokenType.EndArray;

    public static ImmutableArray<string> Strings(ref Utf8JsonReader reader)
    {
        ImmutableArray<string>.Builder strings = ImmutableArray.CreateBuilder<string>();
        while (NextElement(ref reader))
        {
            strings.Add(reader.GetString()!);
        }

        return strings.ToImmutable();
    }

    public static ImmutableArray<NamedValue> Pairs(ref Utf8JsonReader reader)
    {
        ImmutableArray<NamedValue>.Builder pairs = ImmutableArray.CreateBuilder<NamedValue>();
        while (NextElement(ref reader))
        {
            string key = reader.GetString()!;
            reader.Read();
            pairs.Add(new NamedValue(key, reader.GetString()!));
        }

        return pairs.ToImmutable();
    }

    public static int? IntegerOrNull(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null ? null : reader.GetInt32();

    public static void Numbers(Utf8JsonWriter writer, string name, IReadOnlyList<int> numbers)
    {
        writer.WriteStartArray(name);
        for (int index = 0; index < numbers.Count; index++)
        {
            writer.WriteNumberValue(numbers[index]);
        }

        writer.WriteEndArray();
    }

    public static void Strings(Utf8JsonWriter writer, string name, ImmutableArray<string> strings)
    {
        writer.WriteStartArray(name);
        foreach (string text in strings)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    /// <summary>Keys and values in turn, in one array: order and repetition are kept.</summary>
    public static void Pairs(Utf8JsonWriter writer, string name, ImmutableArray<NamedValue> pairs)
    {
        writer.WriteStartArray(name);
        foreach (NamedValue pair in pairs)
        {
            writer.WriteStringValue(pair.Key);
            writer.WriteStringValue(pair.Value);
        }

        writer.WriteEndArray();
    }

    public static void Codes(Utf8JsonWriter writer, string name, ExitCodes codes)
    {
        writer.WriteStartArray(name);
        foreach (ExitCodeRange range in codes.Ranges)
        {
            writer.WriteNumberValue(range.First);
            writer.WriteNumberValue(range.Last);
        }

        writer.WriteEndArray();
    }

    public static ExitCodes Codes(ref Utf8JsonReader reader)
    {
        ImmutableArray<ExitCodeRange>.Builder ranges = ImmutableArray.CreateBuilder<ExitCodeRange>();
        while (NextElement(ref reader))
        {
            int first = reader.GetInt32();
            reader.Read();
            ranges.Add(new ExitCodeRange(first, reader.GetInt32()));
        }

        return new ExitCodes(ranges.ToImmutable());
    }
}

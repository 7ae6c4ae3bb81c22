using System.Text.Json;
using Pexen.Model;

namespace Pexen.Execution.Protocol;

/// <summary>A diagnostic as a JSON object, in requests and in messages.</summary>
internal static class DiagnosticJson
{
    public static void Write(Utf8JsonWriter writer, Diagnostic diagnostic)
    {
        writer.WriteStartObject();
        WriteProperties(writer, diagnostic);
        writer.WriteEndObject();
    }

    public static void WriteProperties(Utf8JsonWriter writer, Diagnostic diagnostic)
    {
        writer.WriteString("code", diagnostic.Code);
        writer.WriteNumber("severity", (int)diagnostic.Severity);
        writer.WriteString("message", diagnostic.Message);
        if (diagnostic.Unit is not null)
        {
            writer.WriteString("unit", diagnostic.Unit);
        }

        WriteLocation(writer, diagnostic.Location);
    }

    public static void WriteLocation(Utf8JsonWriter writer, SourceLocation? location)
    {
        if (location is null)
        {
            return;
        }

        writer.WriteStartArray("at");
        writer.WriteStringValue(location.File);
        writer.WriteNumberValue(location.Line);
        writer.WriteNumberValue(location.Column);

        // A unit's item is found again by its name, and there may be very many of them.
        if (location.ItemType is not (null or "PexenUnit"))
        {
            writer.WriteNumberValue(location.Item);
            writer.WriteStringValue(location.ItemType);
        }

        writer.WriteEndArray();
    }

    /// <summary>The reader stands on the object's start.</summary>
    public static Diagnostic Read(ref Utf8JsonReader reader)
    {
        string code = "", message = "";
        string? unit = null;
        Severity severity = Severity.Message;
        SourceLocation? location = null;
        while (JsonText.NextProperty(ref reader) is string name)
        {
            switch (name)
            {
                case "code": code = reader.GetString()!; break;
                case "severity": severity = (Severity)reader.GetInt32(); break;
                case "message": message = reader.GetString()!; break;
                case "unit": unit = reader.GetString(); break;
                case "at": location = ReadLocation(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        return new Diagnostic(code, severity, message, unit, location);
    }

    public static SourceLocation ReadLocation(ref Utf8JsonReader reader)
    {
        reader.Read();
        string file = reader.GetString()!;
        reader.Read();
        int line = reader.GetInt32();
        reader.Read();
        int column = reader.GetInt32();
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            return new SourceLocation(file, line, column);
        }

        int item = reader.GetInt32();
        reader.Read();
        string itemType = reader.GetString()!;
        reader.Read();
        return new SourceLocation(file, line, column) { Item = item, ItemType = itemType };
    }
}

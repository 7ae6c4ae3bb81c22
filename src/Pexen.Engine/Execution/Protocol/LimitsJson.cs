using System.Text.Json;
using Pexen.Model;

namespace Pexen.Execution.Protocol;

/// <summary>Carries how much a unit may use. What has its default value is left out, and most often all of it has.</summary>
internal static class LimitsJson
{
    public static void Write(Utf8JsonWriter writer, Limits limits)
    {
        if (ReferenceEquals(limits, Limits.Default))
        {
            return;
        }

        writer.WriteStartObject("limits");
        if (limits.Memory is long memory)
        {
            writer.WriteNumber("memory", memory);
        }

        if (limits.Category is string category)
        {
            writer.WriteString("category", category);
        }

        if (limits.Size > 0)
        {
            writer.WriteNumber("size", limits.Size);
        }

        if (!limits.Preemptible)
        {
            writer.WriteBoolean("preemptible", false);
        }

        writer.WriteEndObject();
    }

    /// <summary>The reader stands at the beginning of the object.</summary>
    public static Limits Read(ref Utf8JsonReader reader)
    {
        Limits limits = Limits.Default;
        while (JsonText.NextProperty(ref reader) is string name)
        {
            switch (name)
            {
                case "memory": limits = limits with { Memory = reader.GetInt64() }; break;
                case "category": limits = limits with { Category = reader.GetString() }; break;
                case "size": limits = limits with { Size = reader.GetInt32() }; break;
                case "preemptible": limits = limits with { Preemptible = reader.GetBoolean() }; break;
                default: reader.Skip(); break;
            }
        }

        return limits;
    }
}

using System.Text.Json;
using Pexen.Model;

namespace Pexen.Execution.Protocol;

/// <summary>Carries what a unit says of time. What has its default value is left out, and most often all of it has.</summary>
internal static class TimingJson
{
    public static void Write(Utf8JsonWriter writer, Timing timing)
    {
        Timing standard = Timing.Default;
        if (ReferenceEquals(timing, standard))
        {
            return;
        }

        writer.WriteStartObject("timing");
        Time(writer, "idleTimeout", timing.IdleTimeout);
        Time(writer, "totalTimeout", timing.TotalTimeout);
        if (timing.SlowAfter != standard.SlowAfter)
        {
            writer.WriteNumber("slowAfter", timing.SlowAfter?.Ticks ?? 0);
        }

        Time(writer, "startDelay", timing.StartDelay);
        writer.WriteNumber("onTimeout", (int)timing.OnTimeout);
        writer.WriteNumber("retries", timing.Retries);
        Time(writer, "retryDelay", timing.RetryDelay);
        writer.WriteNumber("retryBackoff", timing.RetryBackoff);
        writer.WriteNumber("retryOn", (int)timing.RetryOn);
        JsonText.Codes(writer, "retryOnExitCodes", timing.RetryOnExitCodes);
        writer.WriteEndObject();
    }

    /// <summary>The reader stands at the beginning of the object.</summary>
    public static Timing Read(ref Utf8JsonReader reader)
    {
        Timing timing = Timing.Default;
        while (JsonText.NextProperty(ref reader) is string name)
        {
            switch (name)
            {
                case "idleTimeout": timing = timing with { IdleTimeout = new TimeSpan(reader.GetInt64()) }; break;
                case "totalTimeout": timing = timing with { TotalTimeout = new TimeSpan(reader.GetInt64()) }; break;
                case "slowAfter": timing = timing with { SlowAfter = reader.GetInt64() is > 0 and long ticks ? new TimeSpan(ticks) : null }; break;
                case "startDelay": timing = timing with { StartDelay = new TimeSpan(reader.GetInt64()) }; break;
                case "onTimeout": timing = timing with { OnTimeout = (TimeoutMeaning)reader.GetInt32() }; break;
                case "retries": timing = timing with { Retries = reader.GetInt32() }; break;
                case "retryDelay": timing = timing with { RetryDelay = new TimeSpan(reader.GetInt64()) }; break;
                case "retryBackoff": timing = timing with { RetryBackoff = reader.GetDouble() }; break;
                case "retryOn": timing = timing with { RetryOn = (RetryCauses)reader.GetInt32() }; break;
                case "retryOnExitCodes": timing = timing with { RetryOnExitCodes = JsonText.Codes(ref reader) }; break;
                default: reader.Skip(); break;
            }
        }

        return timing;
    }

    private static void Time(Utf8JsonWriter writer, string name, TimeSpan? time)
    {
        if (time is { Ticks: > 0 } value)
        {
            writer.WriteNumber(name, value.Ticks);
        }
    }
}

using System.Buffers;
using System.Text.Json;
using Pexen.Execution.Protocol;

namespace Pexen.Execution.Workers;

/// <summary>What a worker answers, as one line of JSON.</summary>
internal sealed record WorkerReply
{
    /// <summary>The key of <c>PEXEN_OUTPUT</c> under which a method's dependents find what it returned.</summary>
    public const string ReturnKey = "return";

    public static WorkerReply Success { get; } = new();

    /// <summary>The first word of a worker, before any call.</summary>
    public bool Ready { get; init; }

    /// <summary>Why the method was never called, as a sentence, or null.</summary>
    public string? NotStarted { get; init; }

    public MethodFailure? Failure { get; init; }

    /// <summary>Whether the worker may have children left.</summary>
    public bool Children { get; init; }

    /// <summary>The line, with its end.</summary>
    public ReadOnlySpan<byte> Write()
    {
        if (!Ready && NotStarted is null && Failure is null)
        {
            return Children ? "{\"children\":true}\n"u8 : "{}\n"u8;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonText.Compact))
        {
            writer.WriteStartObject();
            writer.WriteBoolean("ready", Ready);
            writer.WriteBoolean("children", Children);
            if (NotStarted is not null)
            {
                writer.WriteString("notStarted", NotStarted);
            }

            if (Failure is { } failure)
            {
                writer.WriteNumber("kind", (int)failure.Kind);
                writer.WriteString("type", failure.Type);
                writer.WriteString("message", failure.Message);
                writer.WriteString("stack", failure.Stack);
                if (failure.Details is not null)
                {
                    writer.WriteString("details", failure.Details);
                }

                writer.WriteBoolean("provide", failure.Provide);
                writer.WriteBoolean("releaseLocks", failure.ReleaseLocks);
            }

            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan;
    }

    /// <exception cref="ProtocolException">The line is no answer.</exception>
    public static WorkerReply Read(ReadOnlySpan<byte> line)
    {
        try
        {
            return ReadFields(line);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new ProtocolException($"the answer of a worker cannot be read: {exception.Message}");
        }
    }

    private static WorkerReply ReadFields(ReadOnlySpan<byte> line)
    {
        bool ready = false, children = false, provide = true, releaseLocks = true;
        int? kind = null;
        string? notStarted = null, details = null;
        string type = "", message = "", stack = "";
        var reader = new Utf8JsonReader(line);
        reader.Read();
        while (JsonText.NextProperty(ref reader) is string name)
        {
            switch (name)
            {
                case "ready": ready = reader.GetBoolean(); break;
                case "children": children = reader.GetBoolean(); break;
                case "notStarted": notStarted = reader.GetString(); break;
                case "kind": kind = reader.GetInt32(); break;
                case "type": type = reader.GetString()!; break;
                case "message": message = reader.GetString()!; break;
                case "stack": stack = reader.GetString()!; break;
                case "details": details = reader.GetString(); break;
                case "provide": provide = reader.GetBoolean(); break;
                case "releaseLocks": releaseLocks = reader.GetBoolean(); break;
                default: reader.Skip(); break;
            }
        }

        return new WorkerReply
        {
            Ready = ready,
            Children = children,
            NotStarted = notStarted,
            Failure = kind is int number
                ? new MethodFailure((MethodFailureKind)number, type, message) { Stack = stack, Details = details, Provide = provide, ReleaseLocks = releaseLocks }
                : null,
        };
    }
}

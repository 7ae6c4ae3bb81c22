using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Pexen.Execution.Protocol;
using Pexen.Model;

namespace Pexen.Execution.Workers;

/// <summary>What a worker is asked to do, as one line of JSON.</summary>
internal sealed record WorkerCall
{
    public required string Assembly { get; init; }

    public required string Method { get; init; }

    public required ImmutableArray<string> Arguments { get; init; }

    /// <summary>The current directory of the call.</summary>
    public required string Directory { get; init; }

    /// <summary>A file, or null for an input that is at its end.</summary>
    public string? StandardInput { get; init; }

    /// <summary>In what its environment differs from the worker's own.</summary>
    public IReadOnlyList<NamedValue> Set { get; init; } = [];

    public IReadOnlyList<string> Unset { get; init; } = [];

    /// <summary>Written to the error stream after everything else, where nothing else tells the end of the output; or null.</summary>
    public string? EndMark { get; init; }

    public static WorkerCall Of(Launch launch, WorkerVariables variables, string? endMark = null)
    {
        var work = (MethodWork)launch.Work;
        (List<NamedValue> set, List<string> unset) = variables.Changes(launch.Environment);
        return new WorkerCall
        {
            Assembly = work.Assembly,
            Method = work.Method,
            Arguments = work.Arguments,
            Directory = launch.WorkingDirectory,
            StandardInput = launch.StandardInput is null ? null : Path.GetFullPath(launch.StandardInput, launch.ProjectDirectory),
            Set = set,
            Unset = unset,
            EndMark = endMark,
        };
    }

    /// <summary>The line, with its end.</summary>
    public ReadOnlyMemory<byte> Write()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, JsonText.Compact))
        {
            writer.WriteStartObject();
            writer.WriteString("assembly", Assembly);
            writer.WriteString("method", Method);
            writer.WriteString("directory", Directory);
            JsonText.Strings(writer, "arguments", Arguments);
            if (StandardInput is not null)
            {
                writer.WriteString("input", StandardInput);
            }

            if (EndMark is not null)
            {
                writer.WriteString("endMark", EndMark);
            }

            JsonText.Pairs(writer, "set", [.. Set]);
            if (Unset.Count > 0)
            {
                JsonText.Strings(writer, "unset", [.. Unset]);
            }

            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    public static WorkerCall Read(ReadOnlySpan<byte> line)
    {
        string assembly = "", method = "", directory = "";
        string? input = null, endMark = null;
        ImmutableArray<string> arguments = [], unset = [];
        ImmutableArray<NamedValue> set = [];
        var reader = new Utf8JsonReader(line);
        reader.Read();
        while (JsonText.NextProperty(ref reader) is string name)
        {
            switch (name)
            {
                case "assembly": assembly = reader.GetString()!; break;
                case "method": method = reader.GetString()!; break;
                case "directory": directory = reader.GetString()!; break;
                case "arguments": arguments = JsonText.Strings(ref reader); break;
                case "input": input = reader.GetString(); break;
                case "endMark": endMark = reader.GetString(); break;
                case "set": set = JsonText.Pairs(ref reader); break;
                case "unset": unset = JsonText.Strings(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        return new WorkerCall
        {
            Assembly = assembly,
            Method = method,
            Directory = directory,
            Arguments = arguments,
            StandardInput = input,
            EndMark = endMark,
            Set = set,
            Unset = unset,
        };
    }
}

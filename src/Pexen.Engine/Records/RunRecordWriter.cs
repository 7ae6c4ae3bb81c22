using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Pexen.Execution.Protocol;

namespace Pexen.Records;

/// <summary>Writes <c>run.json</c>: every property of the contract, in its order, nothing left out.</summary>
internal static class RunRecordWriter
{
    /// <param name="record">What to write.</param>
    /// <param name="indented">For people; the copy kept for recovery goes without.</param>
    public static ReadOnlyMemory<byte> Write(RunRecord record, bool indented = true)
    {
        var buffer = new ArrayBufferWriter<byte>(1024 * (2 + record.Units.Length));
        using (var writer = new Utf8JsonWriter(buffer, indented ? JsonText.Indented : JsonText.Compact))
        {
            WriteRun(writer, record);
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    /// <summary>Writes to a temporary file beside it and renames, so that a reader sees the old file or the new one.</summary>
    public static void WriteFile(string path, RunRecord record)
    {
        string temporary = path + ".tmp";
        File.WriteAllBytes(temporary, Write(record).Span);
        File.Move(temporary, path, overwrite: true);
    }

    private static void WriteRun(Utf8JsonWriter writer, RunRecord record)
    {
        writer.WriteStartObject();
        writer.WriteNumber("schema", record.Schema);
        writer.WriteString("runId", record.RunId);
        writer.WriteString("project", record.Project);
        writer.WriteString("phase", record.Phase);
        writer.WriteString("targetFramework", record.TargetFramework);
        Time(writer, "startedAt", record.StartedAt);
        Time(writer, "finishedAt", record.FinishedAt);
        writer.WriteString("outcome", record.Outcome);
        writer.WriteNumber("maxParallel", record.MaxParallel);
        writer.WriteString("failurePolicy", record.FailurePolicy);
        writer.WriteString("affinity", record.Affinity);
        Bytes(writer, "memoryLimitBytes", record.MemoryLimitBytes);
        writer.WriteString("memoryKind", record.MemoryKind);
        JsonText.Strings(writer, "selection", record.Selection);
        writer.WriteBoolean("history", record.History);
        Array(writer, "resources", record.Resources, WriteResource);
        Array(writer, "groups", record.Groups, WriteGroup);
        Array(writer, "heldLocks", record.HeldLocks, WriteHeldLock);
        Array(writer, "diagnostics", record.Diagnostics, WriteDiagnostic);
        Array(writer, "units", record.Units, WriteUnit);
        writer.WriteEndObject();
    }

    private static void WriteResource(Utf8JsonWriter writer, ResourceRecord resource)
    {
        writer.WriteString("name", resource.Name);
        Number(writer, "capacity", resource.Capacity);
        writer.WriteString("scope", resource.Scope);
        JsonText.Strings(writer, "instances", resource.Instances);
    }

    private static void WriteGroup(Utf8JsonWriter writer, GroupRecord group)
    {
        writer.WriteString("name", group.Name);
        Number(writer, "maxParallel", group.MaxParallel);
        writer.WriteBoolean("exclusive", group.Exclusive);
        writer.WriteString("group", group.Group);
        writer.WriteNumber("members", group.Members);
        Milliseconds(writer, "timeoutMs", group.TimeoutMs);
        writer.WriteString("outcome", group.Outcome);
        writer.WriteNumber("succeeded", group.Succeeded);
        writer.WriteNumber("failed", group.Failed);
        writer.WriteNumber("timedOut", group.TimedOut);
        writer.WriteNumber("skipped", group.Skipped);
        writer.WriteNumber("cancelled", group.Cancelled);
        Array(writer, "hooks", group.Hooks, WriteHook);
    }

    private static void WriteHook(Utf8JsonWriter writer, GroupHookRecord hook)
    {
        writer.WriteString("hook", hook.Hook);
        Time(writer, "startedAt", hook.StartedAt);
        Time(writer, "finishedAt", hook.FinishedAt);
        Number(writer, "exitCode", hook.ExitCode);
        Number(writer, "signal", hook.Signal);
        writer.WriteString("log", hook.Log);
    }

    private static void WriteHeldLock(Utf8JsonWriter writer, HeldLockRecord held)
    {
        writer.WriteString("resource", held.Resource);
        writer.WriteString("unit", held.Unit);
        Number(writer, "tokens", held.Tokens);
    }

    private static void WriteDiagnostic(Utf8JsonWriter writer, DiagnosticRecord diagnostic)
    {
        writer.WriteString("code", diagnostic.Code);
        writer.WriteString("severity", diagnostic.Severity);
        writer.WriteString("unit", diagnostic.Unit);
        writer.WriteString("message", diagnostic.Message);
        writer.WriteString("file", diagnostic.File);
        Number(writer, "line", diagnostic.Line);
    }

    private static void WriteShared(Utf8JsonWriter writer, ImmutableDictionary<string, string> shared)
    {
        foreach (KeyValuePair<string, string> value in shared.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            writer.WriteString(value.Key, value.Value);
        }
    }

    /// <summary>The properties of one unit, without the braces.</summary>
    internal static void WriteUnit(Utf8JsonWriter writer, UnitRecord unit)
    {
        writer.WriteString("name", unit.Name);
        writer.WriteNumber("index", unit.Index);
        writer.WriteString("outcome", unit.Outcome);
        writer.WriteString("code", unit.Code);
        writer.WriteString("reason", unit.Reason);
        writer.WriteString("causedBy", unit.CausedBy);
        Time(writer, "startedAt", unit.StartedAt);
        Time(writer, "finishedAt", unit.FinishedAt);
        Milliseconds(writer, "durationMs", unit.DurationMs);
        Milliseconds(writer, "lockWaitMs", unit.LockWaitMs);
        WriteUsage(writer, unit.PeakMemoryBytes, unit.CpuMs);
        JsonText.Strings(writer, "requires", unit.Requires);
        Array(writer, "dependsOn", unit.DependsOn, WriteDependency);
        JsonText.Strings(writer, "provides", unit.Provides);
        JsonText.Strings(writer, "claims", unit.Claims);
        JsonText.Strings(writer, "uses", unit.Uses);
        writer.WriteNumber("priority", unit.Priority);
        writer.WriteNumber("slots", unit.Slots);
        Number(writer, "slot", unit.Slot);
        JsonText.Numbers(writer, "processors", unit.Processors);
        WriteLimits(writer, unit.Limits);
        writer.WriteString("group", unit.Group);
        writer.WriteBoolean("service", unit.Service);
        JsonText.Strings(writer, "finalizes", unit.Finalizes);
        writer.WriteString("addedBy", unit.AddedBy);
        WriteOrigin(writer, unit.Origin);
        writer.WriteString("system", unit.System);
        writer.WriteString("definition", unit.Definition);
        Array(writer, "outputs", unit.Outputs, WriteOutput);
        WriteValues(writer, unit.Shared, unit.Results);
        Number(writer, "exitCode", unit.ExitCode);
        Number(writer, "signal", unit.Signal);
        writer.WriteString("log", unit.Log);
        Array(writer, "attempts", unit.Attempts, WriteAttempt);
    }

    private static void WriteLimits(Utf8JsonWriter writer, LimitsRecord? limits)
    {
        if (limits is null)
        {
            writer.WriteNull("limits");
            return;
        }

        writer.WriteStartObject("limits");
        Bytes(writer, "memoryBytes", limits.MemoryBytes);
        writer.WriteString("category", limits.Category);
        writer.WriteNumber("size", limits.Size);
        writer.WriteBoolean("preemptible", limits.Preemptible);
        writer.WriteEndObject();
    }

    /// <summary>What a unit used, in the record as in the event of its end.</summary>
    internal static void WriteUsage(Utf8JsonWriter writer, long? peakMemoryBytes, double? cpuMs)
    {
        Bytes(writer, "peakMemoryBytes", peakMemoryBytes);
        Milliseconds(writer, "cpuMs", cpuMs);
    }

    private static void Bytes(Utf8JsonWriter writer, string name, long? bytes)
    {
        if (bytes is long value)
        {
            writer.WriteNumber(name, value);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static void WriteOrigin(Utf8JsonWriter writer, OriginRecord? origin)
    {
        if (origin is null)
        {
            writer.WriteNull("origin");
            return;
        }

        writer.WriteStartObject("origin");
        writer.WriteString("file", origin.File);
        JsonText.Strings(writer, "path", origin.Path);
        writer.WriteEndObject();
    }

    private static void WriteDependency(Utf8JsonWriter writer, DependsOnRecord dependency)
    {
        writer.WriteString("unit", dependency.Unit);
        writer.WriteString("kind", dependency.Kind);
        if (dependency.Provided is bool provided)
        {
            writer.WriteBoolean("provided", provided);
        }
        else
        {
            writer.WriteNull("provided");
        }
    }

    private static void WriteOutput(Utf8JsonWriter writer, OutputRecord output)
    {
        writer.WriteString("path", output.Path);
        writer.WriteNumber("size", output.Size);
        writer.WriteString("digest", output.Digest);
    }

    /// <summary>What a unit wrote for others, and said of itself.</summary>
    internal static void WriteValues(Utf8JsonWriter writer, ImmutableDictionary<string, string> shared, ImmutableArray<ResultRecord> results)
    {
        writer.WriteStartObject("shared");
        if (!shared.IsEmpty)
        {
            // Asked first: sorting pairs is code that has to be compiled, before the first unit starts.
            WriteShared(writer, shared);
        }

        writer.WriteEndObject();
        Array(writer, "results", results, WriteResult);
    }

    private static void WriteResult(Utf8JsonWriter writer, ResultRecord result)
    {
        writer.WriteString("name", result.Name);
        writer.WriteString("status", result.Status);
        writer.WriteString("note", result.Note);
        JsonText.Strings(writer, "files", result.Files);
    }

    private static void WriteAttempt(Utf8JsonWriter writer, AttemptRecord attempt)
    {
        Time(writer, "startedAt", attempt.StartedAt);
        Time(writer, "finishedAt", attempt.FinishedAt);
        writer.WriteString("outcome", attempt.Outcome);
        Number(writer, "exitCode", attempt.ExitCode);
        Number(writer, "signal", attempt.Signal);
        writer.WriteString("log", attempt.Log);
    }

    private static void Array<T>(Utf8JsonWriter writer, string name, ImmutableArray<T> elements, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray(name);
        foreach (T element in elements)
        {
            writer.WriteStartObject();
            write(writer, element);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Time(Utf8JsonWriter writer, string name, DateTimeOffset? time)
    {
        if (time is DateTimeOffset value)
        {
            writer.WriteString(name, RecordTime.Format(value));
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static void Milliseconds(Utf8JsonWriter writer, string name, double? milliseconds)
    {
        if (milliseconds is double value)
        {
            writer.WriteNumber(name, Math.Round(value, 1));
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static void Number(Utf8JsonWriter writer, string name, int? number)
    {
        if (number is int value)
        {
            writer.WriteNumber(name, value);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}

using System.Collections.Immutable;
using System.Text.Json;

namespace Pexen.Records;

/// <summary>Reads <c>run.json</c>; properties it does not know are left alone.</summary>
internal static class RunRecordReader
{
    /// <summary>Null when there is no such file, or none that can be read.</summary>
    public static RunRecord? TryRead(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return Read(File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <exception cref="JsonException">It is not a record.</exception>
    public static RunRecord Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        try
        {
            return ReadRun(document.RootElement);
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new JsonException($"not a record of a run: {exception.Message}", exception);
        }
    }

    private static RunRecord ReadRun(JsonElement run) => new()
    {
        Schema = run.GetProperty("schema").GetInt32(),
        RunId = Text(run, "runId")!,
        Project = Text(run, "project")!,
        Phase = Text(run, "phase")!,
        TargetFramework = Text(run, "targetFramework"),
        StartedAt = Time(run, "startedAt")!.Value,
        FinishedAt = Time(run, "finishedAt"),
        Outcome = Text(run, "outcome")!,
        MaxParallel = run.GetProperty("maxParallel").GetInt32(),
        FailurePolicy = Text(run, "failurePolicy")!,
        Affinity = run.TryGetProperty("affinity", out JsonElement affinity) ? affinity.GetString()! : "None",
        MemoryLimitBytes = run.TryGetProperty("memoryLimitBytes", out JsonElement limit) && limit.ValueKind == JsonValueKind.Number ? limit.GetInt64() : null,
        MemoryKind = run.TryGetProperty("memoryKind", out JsonElement kind) ? kind.GetString()! : "Tree",
        Selection = Strings(run, "selection"),
        History = run.GetProperty("history").GetBoolean(),
        Resources = Array(run, "resources", one => new ResourceRecord(Text(one, "name")!, Integer(one, "capacity"), Text(one, "scope")!, Strings(one, "instances"))),
        Groups = Array(run, "groups", ReadGroup),
        HeldLocks = Array(run, "heldLocks", one => new HeldLockRecord(Text(one, "resource")!, Text(one, "unit")!, Integer(one, "tokens"))),
        Diagnostics = Array(run, "diagnostics", ReadDiagnostic),
        Units = Array(run, "units", ReadUnit),
    };

    /// <summary>Records before groups had lives say less.</summary>
    private static GroupRecord ReadGroup(JsonElement one)
    {
        var group = new GroupRecord(Text(one, "name")!, Integer(one, "maxParallel"), one.GetProperty("exclusive").GetBoolean(), Text(one, "group"), one.GetProperty("members").GetInt32());
        return !one.TryGetProperty("outcome", out _)
            ? group
            : group with
            {
                TimeoutMs = Number(one, "timeoutMs"),
                Outcome = Text(one, "outcome"),
                Succeeded = one.GetProperty("succeeded").GetInt32(),
                Failed = one.GetProperty("failed").GetInt32(),
                TimedOut = one.GetProperty("timedOut").GetInt32(),
                Skipped = one.GetProperty("skipped").GetInt32(),
                Cancelled = one.GetProperty("cancelled").GetInt32(),
                Hooks = Array(one, "hooks", ReadHook),
            };
    }

    private static GroupHookRecord ReadHook(JsonElement one) =>
        new(Text(one, "hook")!, Time(one, "startedAt")!.Value, Time(one, "finishedAt")!.Value, Integer(one, "exitCode"), Integer(one, "signal"), Text(one, "log"));

    /// <summary>Records of the first version do not say.</summary>
    private static OriginRecord? ReadOrigin(JsonElement unit) =>
        unit.TryGetProperty("origin", out JsonElement one) && one.ValueKind == JsonValueKind.Object ? new OriginRecord(Text(one, "file")!, Strings(one, "path")) : null;

    /// <summary>Records of the first version do not say.</summary>
    private static LimitsRecord? ReadLimits(JsonElement unit) =>
        unit.TryGetProperty("limits", out JsonElement one) && one.ValueKind == JsonValueKind.Object
            ? new LimitsRecord((long?)Number(one, "memoryBytes"), Text(one, "category"), one.GetProperty("size").GetInt32(), one.GetProperty("preemptible").GetBoolean())
            : null;

    private static DiagnosticRecord ReadDiagnostic(JsonElement one) =>
        new(Text(one, "code")!, Text(one, "severity")!, Text(one, "unit"), Text(one, "message")!, Text(one, "file"), Integer(one, "line"));

    internal static ImmutableDictionary<string, string> ReadShared(JsonElement unit) =>
        unit.GetProperty("shared").EnumerateObject().ToImmutableDictionary(value => value.Name, value => value.Value.GetString()!);

    internal static ImmutableArray<ResultRecord> ReadResults(JsonElement unit) =>
        Array(unit, "results", one => new ResultRecord(Text(one, "name")!, Text(one, "status")!, Text(one, "note"), Strings(one, "files")));

    internal static UnitRecord ReadUnit(JsonElement unit) => new()
    {
        Name = Text(unit, "name")!,
        Index = unit.GetProperty("index").GetInt32(),
        Outcome = Text(unit, "outcome")!,
        Code = Text(unit, "code"),
        Reason = Text(unit, "reason"),
        CausedBy = Text(unit, "causedBy"),
        StartedAt = Time(unit, "startedAt"),
        FinishedAt = Time(unit, "finishedAt"),
        DurationMs = Number(unit, "durationMs"),
        LockWaitMs = Number(unit, "lockWaitMs"),
        PeakMemoryBytes = unit.GetProperty("peakMemoryBytes") is { ValueKind: JsonValueKind.Number } peak ? peak.GetInt64() : null,
        CpuMs = Number(unit, "cpuMs"),
        Requires = Strings(unit, "requires"),
        DependsOn = Array(unit, "dependsOn", one => new DependsOnRecord(Text(one, "unit")!, Text(one, "kind")!, OptionalBoolean(one, "provided"))),
        Provides = Strings(unit, "provides"),
        Claims = Strings(unit, "claims"),
        Uses = Strings(unit, "uses"),
        Priority = unit.GetProperty("priority").GetInt32(),
        Slots = unit.GetProperty("slots").GetInt32(),
        Slot = Integer(unit, "slot"),
        Processors = unit.TryGetProperty("processors", out JsonElement processors) ? [.. processors.EnumerateArray().Select(one => one.GetInt32())] : [],
        Limits = ReadLimits(unit),
        Group = Text(unit, "group"),
        Service = unit.GetProperty("service").GetBoolean(),
        Finalizes = Strings(unit, "finalizes"),
        AddedBy = Text(unit, "addedBy"),
        Origin = ReadOrigin(unit),
        System = Text(unit, "system")!,
        Definition = Text(unit, "definition"),
        Outputs = Array(unit, "outputs", one => new OutputRecord(Text(one, "path")!, one.GetProperty("size").GetInt64(), Text(one, "digest")!)),
        Shared = ReadShared(unit),
        Results = ReadResults(unit),
        ExitCode = Integer(unit, "exitCode"),
        Signal = Integer(unit, "signal"),
        Log = Text(unit, "log"),
        Attempts = Array(unit, "attempts", ReadAttempt),
    };

    private static AttemptRecord ReadAttempt(JsonElement one) =>
        new(Time(one, "startedAt")!.Value, Time(one, "finishedAt"), Text(one, "outcome")!, Integer(one, "exitCode"), Integer(one, "signal"), Text(one, "log"));

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static int? Integer(JsonElement element, string name) =>
        element.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : null;

    /// <summary>Records of the first version do not say.</summary>
    private static bool? OptionalBoolean(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;

    private static double? Number(JsonElement element, string name) =>
        element.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    private static DateTimeOffset? Time(JsonElement element, string name) => Text(element, name) is string text ? RecordTime.Parse(text) : null;

    private static ImmutableArray<string> Strings(JsonElement element, string name) => Of(element.GetProperty(name), one => one.GetString()!);

    private static ImmutableArray<T> Array<T>(JsonElement element, string name, Func<JsonElement, T> read) => Of(element.GetProperty(name), read);

    private static ImmutableArray<T> Of<T>(JsonElement array, Func<JsonElement, T> read)
    {
        ImmutableArray<T>.Builder elements = ImmutableArray.CreateBuilder<T>(array.GetArrayLength());
        foreach (JsonElement element in array.EnumerateArray())
        {
            elements.Add(read(element));
        }

        return elements.MoveToImmutable();
    }
}

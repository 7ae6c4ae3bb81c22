using System.Globalization;
using System.Text.Json.Nodes;

namespace Pexen.RecordChecking.Tests;

/// <summary>run.json of a simulated run, whole as the contract shows it.</summary>
internal sealed class RecordWriter(List<SimulatedUnit> units, Dictionary<string, int> capacities, int maxParallel, string policy)
{
    public const string RunId = "20261121T101500Z-3f2a";

    private static readonly DateTimeOffset Start = new(2026, 11, 21, 10, 15, 0, TimeSpan.Zero);

    public SampleRecord Write(string outcome, int now, IEnumerable<(string Unit, string Resource, int Tokens)> held, List<JsonObject> events) =>
        new(
            new JsonObject
            {
                ["schema"] = 1,
                ["runId"] = RunId,
                ["project"] = "app/app.csproj",
                ["phase"] = "AfterBuild",
                ["targetFramework"] = null,
                ["startedAt"] = Time(0),
                ["finishedAt"] = Time(now),
                ["outcome"] = outcome,
                ["maxParallel"] = maxParallel,
                ["failurePolicy"] = policy,
                ["affinity"] = "None",
                ["memoryLimitBytes"] = null,
                ["memoryKind"] = "Tree",
                ["selection"] = new JsonArray(),
                ["history"] = true,
                ["resources"] = Array(units.SelectMany(unit => unit.Wants).Select(want => want.Resource).Distinct().Select(Resource)),
                ["groups"] = Array(units.SelectMany(unit => unit.Group?.Around ?? []).Distinct().Select(Group)),
                ["heldLocks"] = Array(held.Select(hold => new JsonObject
                {
                    ["resource"] = hold.Resource,
                    ["unit"] = hold.Unit,
                    ["tokens"] = hold.Tokens == 0 ? null : hold.Tokens,
                })),
                ["diagnostics"] = Array(units.Where(unit => unit.Outcome is "Failed" or "TimedOut").Select(Diagnostic)),
                ["units"] = Array(units.Select(Unit)),
            },
            events);

    private static JsonArray Array(IEnumerable<JsonNode> nodes) => new([.. nodes]);

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    public static string Time(int milliseconds) =>
        Start.AddMilliseconds(milliseconds).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static JsonObject Diagnostic(SimulatedUnit unit) => new()
    {
        ["code"] = CodeOf(unit),
        ["severity"] = unit.Tolerated ? "warning" : "error",
        ["unit"] = unit.Name,
        ["message"] = "It failed.",
        ["file"] = "app/app.csproj",
        ["line"] = 14,
    };

    public static string? CodeOf(SimulatedUnit unit) => unit.Outcome switch
    {
        "Failed" => unit.Crashes ? "PEX3008" : "PEX3001",
        "TimedOut" => "PEX3002",
        _ => null,
    };

    public static int? ExitCodeOf(SimulatedUnit unit) =>
        unit.StartedAt < 0 || unit.Crashes || unit.Outcome == "Cancelled" ? null : unit.Outcome == "Succeeded" ? 0 : 1;

    public static int? SignalOf(SimulatedUnit unit) => unit.StartedAt >= 0 && unit.Crashes ? 11 : null;

    private JsonObject Resource(string name) => new()
    {
        ["name"] = name,
        ["capacity"] = capacities.TryGetValue(name, out int capacity) ? capacity : null,
        ["scope"] = "Project",
        ["instances"] = new JsonArray(),
    };

    private JsonObject Group(SimulatedGroup group) => new()
    {
        ["name"] = group.Name,
        ["maxParallel"] = group.MaxParallel,
        ["exclusive"] = group.Exclusive,
        ["group"] = group.Parent?.Name,
        ["members"] = units.Count(unit => unit.Group?.Around.Contains(group) == true),
    };

    private static JsonObject Unit(SimulatedUnit unit)
    {
        bool started = unit.StartedAt >= 0;
        int? exitCode = ExitCodeOf(unit);
        int? signal = SignalOf(unit);
        string? log = started ? $"logs/{unit.Name}.log" : null;
        string? start = started ? Time(unit.StartedAt) : null;
        string? end = started ? Time(unit.EndsAt) : null;
        JsonArray attempts = [];
        if (started)
        {
            attempts.Add(new JsonObject
            {
                ["startedAt"] = start,
                ["finishedAt"] = end,
                ["outcome"] = unit.Outcome,
                ["exitCode"] = exitCode,
                ["signal"] = signal,
                ["log"] = log,
            });
        }

        return new JsonObject
        {
            ["name"] = unit.Name,
            ["index"] = unit.Index,
            ["outcome"] = unit.Outcome,
            ["code"] = CodeOf(unit),
            ["reason"] = unit.Reason,
            ["causedBy"] = unit.CausedBy,
            ["startedAt"] = start,
            ["finishedAt"] = end,
            ["durationMs"] = started ? (unit.EndsAt - unit.StartedAt) : null,
            ["lockWaitMs"] = started ? 0 : null,
            ["peakMemoryBytes"] = null,
            ["cpuMs"] = null,
            ["requires"] = Texts(unit.DependsOn.Where(edge => edge.Kind == "Requires").Select(edge => edge.Unit)),
            ["dependsOn"] = Array(unit.DependsOn.Select(edge => new JsonObject { ["unit"] = edge.Unit, ["kind"] = edge.Kind, ["provided"] = null })),
            ["provides"] = Texts([unit.Name]),
            ["claims"] = Texts(unit.Claims),
            ["uses"] = Texts(unit.Uses.Select(use => use.Tokens > 1 ? $"{use.Resource}*{use.Tokens}" : use.Resource)),
            ["priority"] = unit.Priority,
            ["slots"] = unit.Slots,
            ["slot"] = started ? unit.FirstSlot : null,
            ["processors"] = new JsonArray(),
            ["limits"] = null,
            ["group"] = unit.Group?.Name,
            ["service"] = false,
            ["finalizes"] = new JsonArray(),
            ["addedBy"] = null,
            ["origin"] = null,
            ["system"] = "local",
            ["definition"] = "sha256:00",
            ["outputs"] = new JsonArray(),
            ["shared"] = new JsonObject(),
            ["results"] = new JsonArray(),
            ["exitCode"] = exitCode,
            ["signal"] = signal,
            ["log"] = log,
            ["attempts"] = attempts,
        };
    }
}

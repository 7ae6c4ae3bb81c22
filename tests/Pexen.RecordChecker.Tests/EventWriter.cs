using System.Text.Json.Nodes;

namespace Pexen.RecordChecking.Tests;

/// <summary>The lines of events.jsonl, as the contract shows them.</summary>
internal sealed class EventWriter
{
    public List<JsonObject> Lines { get; } = [];

    public void Run(int units, int maxParallel, int? maxFailures) => Add(0, "run", null, new JsonObject
    {
        ["schema"] = 1,
        ["runId"] = RecordWriter.RunId,
        ["buildId"] = "build",
        ["startedAt"] = RecordWriter.Time(0),
        ["units"] = units,
        ["maxParallel"] = maxParallel,
        ["failurePolicy"] = maxFailures is null ? "KeepGoing" : "FailFast",
        ["maxFailures"] = maxFailures ?? 1,
    });

    public int Ready(SimulatedUnit unit, int now) =>
        Add(now, "ready", unit, new JsonObject { ["attempt"] = 1, ["rank"] = unit.Rank, ["priority"] = unit.Priority });

    public void Start(SimulatedUnit unit, int now) => Add(now, "start", unit, new JsonObject
    {
        ["attempt"] = 1,
        ["slots"] = new JsonArray([.. unit.SlotNumbers.Select(slot => (JsonNode)slot)]),
        ["processors"] = new JsonArray(),
        ["holds"] = new JsonArray([.. unit.Wants.Select(want => new JsonObject
        {
            ["resource"] = want.Resource,
            ["mode"] = want.Claim ? "claim" : "use",
            ["tokens"] = want.Tokens == 0 ? null : want.Tokens,
            ["instances"] = new JsonArray(),
        })]),
    });

    public void End(SimulatedUnit unit, int now, bool keeps)
    {
        JsonArray names = new([.. unit.Wants.Select(want => (JsonNode)want.Resource)]);
        Add(now, "end", unit, new JsonObject
        {
            ["attempt"] = 1,
            ["outcome"] = unit.Outcome,
            ["provided"] = unit.Outcome is "Succeeded" or "ControlledFailure",
            ["held"] = keeps ? names : [],
            ["released"] = keeps ? [] : names,
            ["code"] = RecordWriter.CodeOf(unit),
            ["reason"] = unit.Reason,
            ["causedBy"] = null,
            ["exitCode"] = RecordWriter.ExitCodeOf(unit),
            ["signal"] = RecordWriter.SignalOf(unit),
            ["peakMemoryBytes"] = null,
            ["cpuMs"] = null,
        });
    }

    public void Skip(SimulatedUnit unit, int now) => Add(now, "skip", unit, new JsonObject { ["causedBy"] = unit.CausedBy, ["reason"] = unit.Reason });

    public void Cancel(SimulatedUnit unit, int now) => Add(now, "cancel", unit, []);

    public void Finish(string outcome, int now) => Add(now, "finish", null, new JsonObject { ["outcome"] = outcome });

    private int Add(int now, string kind, SimulatedUnit? unit, JsonObject rest)
    {
        var line = new JsonObject { ["seq"] = Lines.Count + 1, ["ns"] = now * 1_000_000L, ["event"] = kind };
        if (unit is not null)
        {
            line["unit"] = unit.Name;
        }

        foreach ((string name, JsonNode? value) in rest.ToList())
        {
            rest.Remove(name);
            line[name] = value;
        }

        Lines.Add(line);
        return Lines.Count;
    }
}

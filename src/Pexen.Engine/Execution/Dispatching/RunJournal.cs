using System.Collections.Immutable;
using System.Text.Json;
using Pexen.Execution.Protocol;
using Pexen.Model;
using Pexen.Records;
using Pexen.Scheduling;

namespace Pexen.Execution.Dispatching;

/// <summary>The events of a run in the form of contract 5.1.</summary>
internal sealed class RunJournal(Journal journal, ScheduleGraph graph, Func<long> now)
{
    public void Run(RunRequest request, DateTimeOffset startedAt)
    {
        Utf8JsonWriter json = journal.Begin("run", now());
        json.WriteNumber("schema", 1);
        json.WriteString("runId", request.RunId);
        json.WriteString("buildId", request.BuildId);
        json.WriteString("startedAt", RecordTime.Format(startedAt));
        json.WriteNumber("units", request.Plan.Units.Length);
        json.WriteNumber("maxParallel", request.MaxParallel);
        json.WriteString("failurePolicy", request.FailurePolicy.ToString());
        json.WriteNumber("maxFailures", request.MaxFailures);
        journal.End();
    }

    /// <summary>What the record of a lost run needs to have the unit in it.</summary>
    /// <param name="record">The unit as it stands if nothing more is heard of the run.</param>
    /// <param name="neededBy">Units planned before that wait for it.</param>
    public void Add(UnitRecord record, IEnumerable<DependsOnRecord> neededBy)
    {
        Utf8JsonWriter json = Begin("add", record.Name);
        json.WriteString("addedBy", record.AddedBy);
        json.WriteNumber("index", record.Index);
        json.WriteStartArray("neededBy");
        foreach (DependsOnRecord one in neededBy)
        {
            json.WriteStartObject();
            json.WriteString("unit", one.Unit);
            json.WriteString("kind", one.Kind);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("record");
        RunRecordWriter.WriteUnit(json, record);
        json.WriteEndObject();
        journal.End();
    }

    /// <summary>For its next attempt.</summary>
    public void Ready(UnitRun unit)
    {
        Utf8JsonWriter json = Begin("ready", unit.Unit.Name, unit.Attempt + 1);
        json.WriteNumber("rank", unit.Unit.Rank);
        json.WriteNumber("priority", unit.Definition.Priority);
        journal.End();
    }

    /// <param name="unit">What starts.</param>
    /// <param name="slots">Those it occupies.</param>
    /// <param name="holds">What it holds.</param>
    /// <param name="instances">What it was handed, one list for each of them; null for nothing.</param>
    public void Start(UnitRun unit, ReadOnlySpan<int> slots, ReadOnlySpan<ScheduleHold> holds, ImmutableArray<string>[]? instances)
    {
        Utf8JsonWriter json = Begin("start", unit.Unit.Name, unit.Attempt);
        json.WriteStartArray("slots");
        foreach (int slot in slots)
        {
            json.WriteNumberValue(slot);
        }

        json.WriteEndArray();
        JsonText.Numbers(json, "processors", unit.Processors);
        json.WriteStartArray("holds");
        for (int index = 0; index < holds.Length; index++)
        {
            ScheduleHold hold = holds[index];
            json.WriteStartObject();
            json.WriteString("resource", graph.ResourceNames[hold.Resource]);
            json.WriteString("mode", hold.Mode == HoldMode.Claim ? "claim" : "use");
            if (hold.Tokens > 0)
            {
                json.WriteNumber("tokens", hold.Tokens);
            }
            else
            {
                json.WriteNull("tokens");
            }

            JsonText.Strings(json, "instances", instances is null ? [] : instances[index]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        journal.End();
    }

    /// <summary>Besides what the contract shows, the end has what a record needs that is made from the events alone.</summary>
    /// <param name="unit">Whose attempt ended.</param>
    /// <param name="holds">What it held.</param>
    /// <param name="held">Whether that stays held.</param>
    public void End(UnitRun unit, ReadOnlySpan<ScheduleHold> holds, bool held)
    {
        Utf8JsonWriter json = Begin("end", unit.Unit.Name, unit.Attempt);
        json.WriteString("outcome", unit.Outcome.ToString());
        json.WriteBoolean("provided", unit.Provided);
        WriteResources(json, "held", holds, held);
        WriteResources(json, "released", holds, !held);
        json.WriteString("code", unit.Code);
        json.WriteString("reason", unit.Reason);
        json.WriteString("causedBy", unit.CausedBy);
        WriteNumber(json, "exitCode", unit.ExitCode);
        WriteNumber(json, "signal", unit.Signal);
        RunRecordWriter.WriteUsage(json, unit.PeakMemory, unit.ProcessorTime?.TotalMilliseconds);
        journal.End();
    }

    /// <summary>What an attempt wrote for others and said of itself, before its end: what a lost run had is then not lost.</summary>
    public void Values(UnitRun unit, ImmutableDictionary<string, string> shared, ImmutableArray<ResultRecord> results)
    {
        RunRecordWriter.WriteValues(Begin("values", unit.Unit.Name, unit.Attempt), shared, results);
        journal.End();
    }

    /// <summary>The unit waits for a time to pass before its next attempt, which may be its first.</summary>
    public void Rest(UnitRun unit, TimeSpan time)
    {
        Utf8JsonWriter json = Begin("rest", unit.Unit.Name, unit.Attempt + 1);
        json.WriteNumber("delayMs", time.TotalMilliseconds);
        journal.End();
    }

    /// <summary>The unit gave way to others and is queued again.</summary>
    public void Preempt(UnitRun unit, MemoryStop seen)
    {
        Utf8JsonWriter json = Begin("preempt", unit.Unit.Name, unit.Attempt + 1);
        json.WriteNumber("memoryBytes", seen.All);
        json.WriteNumber("width", seen.Width);
        journal.End();
    }

    /// <summary>A service provides, and occupies no slot any more.</summary>
    public void ServiceReady(UnitRun unit)
    {
        Begin("serviceReady", unit.Unit.Name, unit.Attempt);
        journal.End();
    }

    /// <summary>What a unit kept between two attempts, of which the second does not come, or after a crash until a finalizer cleaned up, is free.</summary>
    public void Release(PlannedUnit unit, ReadOnlySpan<ScheduleHold> holds)
    {
        Utf8JsonWriter json = Begin("release", unit.Name);
        WriteResources(json, "released", holds, these: true);
        journal.End();
    }

    public void Skip(UnitRun unit)
    {
        Utf8JsonWriter json = Begin("skip", unit.Unit.Name);
        json.WriteString("causedBy", unit.CausedBy);
        json.WriteString("reason", unit.Reason);
        journal.End();
    }

    public void Cancel(PlannedUnit unit)
    {
        Begin("cancel", unit.Name);
        journal.End();
    }

    /// <summary>A command of a group starts.</summary>
    public void Hook(string group, GroupHook hook)
    {
        BeginHook("hook", group, hook);
        journal.End();
    }

    public void HookEnd(string group, GroupHook hook, int? exitCode, int? signal)
    {
        Utf8JsonWriter json = BeginHook("hookEnd", group, hook);
        WriteNumber(json, "exitCode", exitCode);
        WriteNumber(json, "signal", signal);
        journal.End();
    }

    public void Finish(RunOutcome outcome)
    {
        Utf8JsonWriter json = journal.Begin("finish", now());
        json.WriteString("outcome", outcome.ToString());
        journal.End();
    }

    public void Flush() => journal.Flush();

    private Utf8JsonWriter BeginHook(string name, string group, GroupHook hook)
    {
        Utf8JsonWriter json = journal.Begin(name, now());
        json.WriteString("group", group);
        json.WriteString("hook", hook.ToString());
        return json;
    }

    private Utf8JsonWriter Begin(string name, string unit, int? attempt = null)
    {
        Utf8JsonWriter json = journal.Begin(name, now());
        json.WriteString("unit", unit);
        if (attempt is int number)
        {
            json.WriteNumber("attempt", number);
        }

        return json;
    }

    private void WriteResources(Utf8JsonWriter json, string name, ReadOnlySpan<ScheduleHold> holds, bool these)
    {
        json.WriteStartArray(name);
        if (these)
        {
            foreach (ScheduleHold hold in holds)
            {
                json.WriteStringValue(graph.ResourceNames[hold.Resource]);
            }
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, int? number)
    {
        if (number is int value)
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}

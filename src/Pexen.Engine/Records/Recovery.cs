using System.Collections.Immutable;
using System.Text.Json;
using Pexen.Execution.Local;

namespace Pexen.Records;

/// <summary>Completes the record of a run whose supervisor was lost: <c>running.json</c> says what was planned, <c>events.jsonl</c> how far it came.</summary>
internal static class Recovery
{
    /// <summary>
    /// Null when no run was lost. The caller holds the run lock, or has just seen its own supervisor die. Processes that the lost run left are ended first.
    /// </summary>
    /// <exception cref="IOException">The record cannot be written.</exception>
    public static RecoveredRun? Recover(RunFolder folder) =>
        Recover(folder, runId => OperatingSystem.IsLinux() ? LostRun.End(runId) : []);

    /// <param name="folder">The folder of the phase.</param>
    /// <param name="endProcesses">Ends what is left of the run named, and tells what that was.</param>
    public static RecoveredRun? Recover(RunFolder folder, Func<string, IReadOnlyList<string>> endProcesses)
    {
        if (!File.Exists(folder.Running))
        {
            return null;
        }

        if (RunRecordReader.TryRead(folder.Running) is not RunRecord planned)
        {
            // It was renamed into place whole, so a disk did this, not a kill. Nothing can be said of that run.
            File.Delete(folder.Running);
            return null;
        }

        if (RunRecordReader.TryRead(folder.Record) is RunRecord record && record.RunId == planned.RunId)
        {
            // Killed between writing its record and removing this.
            File.Delete(folder.Running);
            return null;
        }

        IReadOnlyList<string> killed = endProcesses(planned.RunId);
        RunRecord completed = Complete(planned, ReadEvents(folder.Events), folder);
        int lost = completed.Units.Count(unit => unit.Outcome == "Cancelled");
        var recovered = new RecoveredRun(completed, lost, killed);
        completed = completed with
        {
            Diagnostics = completed.Diagnostics.Add(new DiagnosticRecord("PEX3009", "warning", null, recovered.ToDiagnostic().Message, null, null)),
        };
        RunRecordWriter.WriteFile(folder.Record, completed);
        File.Delete(folder.Running);
        File.Delete(folder.Ready);
        return recovered with { Record = completed };
    }

    /// <summary>The planned record with everything in it that the events tell.</summary>
    public static RunRecord Complete(RunRecord planned, IEnumerable<JsonElement> events, RunFolder folder)
    {
        var units = planned.Units.ToDictionary(unit => unit.Name, StringComparer.OrdinalIgnoreCase);
        var names = planned.Units.Select(unit => unit.Name).ToList();
        DateTimeOffset? last = null;
        string? finished = null;
        var starts = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase);
        var held = new List<HeldLockRecord>();
        GroupRecord[] groups = [.. planned.Groups];
        var hooks = new Dictionary<string, DateTimeOffset>(StringComparer.OrdinalIgnoreCase);
        foreach (JsonElement line in events)
        {
            DateTimeOffset at = planned.StartedAt.AddTicks(line.GetProperty("ns").GetInt64() / 100);
            last = at;

            // Then only the record was missing, and the run is what it came to.
            finished = Text(line, "event") == "finish" ? Text(line, "outcome") : finished;
            if (Text(line, "event") == "add")
            {
                names.Add(Add(units, line));
            }
            else if (Text(line, "event") == "hook")
            {
                hooks[Text(line, "group")!] = at;
            }
            else if (Text(line, "event") == "hookEnd")
            {
                int group = Array.FindIndex(groups, one => one.Name.Equals(Text(line, "group"), StringComparison.OrdinalIgnoreCase));
                groups[group] = WithHook(groups[group], line, hooks[groups[group].Name], at);
            }
            else if (Text(line, "unit") is string name && units.TryGetValue(name, out UnitRecord? unit))
            {
                units[name] = Apply(unit, line, at);
                if (Text(line, "event") == "start")
                {
                    starts[name] = line;
                    held.RemoveAll(one => one.Unit == unit.Name);
                }
                else if (Text(line, "event") == "end" && starts.TryGetValue(name, out JsonElement start))
                {
                    held.RemoveAll(one => one.Unit == unit.Name);
                    held.AddRange(Held(line, start, unit.Name));
                }
                else if (Text(line, "event") == "release")
                {
                    held.RemoveAll(one => one.Unit == unit.Name);
                }
            }
        }

        UnitRecord[] completed = [.. names.Select(name => WithLogIfThere(units[name], folder))];
        return planned with
        {
            Outcome = finished ?? "Interrupted",
            FinishedAt = last ?? planned.StartedAt,
            HeldLocks = [.. held],
            Groups = GroupTally.Of([.. groups], completed),
            Units = [.. completed],
        };
    }

    private static GroupRecord WithHook(GroupRecord group, JsonElement line, DateTimeOffset startedAt, DateTimeOffset at)
    {
        var hook = new GroupHookRecord(Text(line, "hook")!, startedAt, at, Integer(line, "exitCode"), Integer(line, "signal"), null);
        return group with { Outcome = hook.ExitCode == 0 ? group.Outcome : "Failed", Hooks = group.Hooks.Add(hook) };
    }

    /// <summary>A unit that was added while the run went on, and what waits for it besides.</summary>
    private static string Add(Dictionary<string, UnitRecord> units, JsonElement line)
    {
        UnitRecord added = RunRecordReader.ReadUnit(line.GetProperty("record"));
        units[added.Name] = added;
        foreach (JsonElement one in line.GetProperty("neededBy").EnumerateArray())
        {
            string name = Text(one, "unit")!;
            if (units.TryGetValue(name, out UnitRecord? waiting))
            {
                units[name] = waiting with { DependsOn = waiting.DependsOn.Add(new DependsOnRecord(added.Name, Text(one, "kind")!)) };
            }
        }

        return added.Name;
    }

    /// <summary>Lines up to the first that is torn or not an event.</summary>
    public static IReadOnlyList<JsonElement> ReadEvents(string path)
    {
        var events = new List<JsonElement>();
        try
        {
            foreach (string line in File.ReadLines(path))
            {
                using var json = JsonDocument.Parse(line);
                if (!IsEvent(json.RootElement))
                {
                    break;
                }

                events.Add(json.RootElement.Clone());
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            // What was read so far is what happened so far.
        }

        return events;
    }

    private static UnitRecord Apply(UnitRecord unit, JsonElement line, DateTimeOffset at) => Text(line, "event") switch
    {
        "start" => unit with
        {
            StartedAt = unit.StartedAt ?? at,
            FinishedAt = null,
            DurationMs = null,
            Slot = line.GetProperty("slots")[0].GetInt32(),
            Processors = [.. line.GetProperty("processors").EnumerateArray().Select(one => one.GetInt32())],

            // Only what runs a process has a log to come, and only that has attempts.
            Attempts = unit.Log is null ? [] : unit.Attempts.Add(new AttemptRecord(at, null, "Cancelled", null, null, LogFileNames.OfAttempt(unit.Log, unit.Attempts.Length + 1))),
            Outcome = "Cancelled",
            Code = "PEX3009",
            Reason = "interrupted",
            ExitCode = null,
            Signal = null,
            Shared = ImmutableDictionary<string, string>.Empty,
            Results = [],
        },
        "values" => unit with { Shared = RunRecordReader.ReadShared(line), Results = RunRecordReader.ReadResults(line) },
        "end" => End(unit, line, at),
        "skip" when Text(line, "reason") == "notNeeded" => unit with { Outcome = "NotNeeded", Code = null, Reason = "notNeeded" },

        // It was to be started again.
        "rest" or "preempt" => unit with { Outcome = "Cancelled", Code = "PEX3009", Reason = "interrupted" },
        "skip" => unit with { Outcome = "Skipped", Code = "PEX4001", Reason = Text(line, "reason"), CausedBy = Text(line, "causedBy") },
        _ => unit,
    };

    private static UnitRecord End(UnitRecord unit, JsonElement line, DateTimeOffset at)
    {
        string outcome = Text(line, "outcome") ?? unit.Outcome;
        int? exitCode = Integer(line, "exitCode");
        int? signal = Integer(line, "signal");
        return unit with
        {
            Outcome = outcome,
            Code = Text(line, "code"),
            Reason = Text(line, "reason"),
            CausedBy = Text(line, "causedBy"),
            FinishedAt = at,
            DurationMs = unit.StartedAt is DateTimeOffset started ? (at - started).TotalMilliseconds : null,
            ExitCode = exitCode,
            Signal = signal,
            PeakMemoryBytes = Number(line, "peakMemoryBytes") is double peak ? (long)peak : null,
            CpuMs = Number(line, "cpuMs"),
            Attempts = unit.Attempts.IsEmpty ? [] : unit.Attempts.SetItem(
                unit.Attempts.Length - 1,
                unit.Attempts[^1] with { FinishedAt = at, Outcome = outcome == "Flaky" ? "Succeeded" : outcome, ExitCode = exitCode, Signal = signal }),
        };
    }

    /// <summary>The end says what stays held, the start how much of it.</summary>
    private static IEnumerable<HeldLockRecord> Held(JsonElement end, JsonElement start, string unit) =>
    [
        .. from name in end.GetProperty("held").EnumerateArray()
           from hold in start.GetProperty("holds").EnumerateArray()
           where Text(hold, "resource") == name.GetString()
           select new HeldLockRecord(name.GetString()!, unit, Integer(hold, "tokens")),
    ];

    /// <summary>The plan names the log of every unit with a process; whether there is one depends on how far the unit came. The unit's is that of its last attempt.</summary>
    private static UnitRecord WithLogIfThere(UnitRecord unit, RunFolder folder)
    {
        AttemptRecord[] attempts = [.. unit.Attempts.Select(one => one.Log is string log && File.Exists(Path.Combine(folder.Path, log)) ? one : one with { Log = null })];
        return unit with { Log = attempts.Length == 0 ? null : attempts[^1].Log, Attempts = [.. attempts] };
    }

    private static bool IsEvent(JsonElement line) =>
        line.ValueKind == JsonValueKind.Object
        && line.TryGetProperty("seq", out _)
        && line.TryGetProperty("ns", out JsonElement time)
        && time.ValueKind == JsonValueKind.Number
        && line.TryGetProperty("event", out _);

    private static string? Text(JsonElement line, string name) => line.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static double? Number(JsonElement line, string name) =>
        line.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static int? Integer(JsonElement line, string name) =>
        line.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;
}

using Pexen.RecordChecking.Input;
using Pexen.RecordChecking.Replay;

namespace Pexen.RecordChecking.Rules;

/// <summary>What must be true when all events have been played: everybody came to one end, and it is the one that run.json tells.</summary>
internal static class AftermathRules
{
    public static void Check(CheckedRun run)
    {
        foreach (UnitTrace unit in run.Units)
        {
            CheckEnd(unit, run);
            CheckAttempts(unit, run);
            if (unit.ProvidedFor is { } started && unit.SkippedFor is { } skipped)
            {
                run.Complaints.Add(Rule.Skip, $"its failure provided for '{started.Name}' but not for '{skipped.Name}'", unit.Name);
            }
        }

        CheckRanks(run);
        CheckHeldLocks(run);
    }

    private static void CheckEnd(UnitTrace unit, CheckedRun run)
    {
        if (!unit.IsOver)
        {
            if (!run.File.Interrupted)
            {
                run.Complaints.Add(Rule.Completeness, $"it has an outcome, but no end: the events leave it {unit.Phase}", unit.Name);
            }
            else if (unit.Entry.Outcome != "Cancelled")
            {
                run.Complaints.Add(Rule.Completeness, $"its end was not seen, so it is Cancelled, not {unit.Entry.Outcome}", unit.Name);
            }

            return;
        }

        string told = unit.LastEvent switch { "skip" when unit.NotNeeded => "NotNeeded", "skip" => "Skipped", "cancel" => "Cancelled", _ => unit.Ends[^1].Outcome };
        bool flaky = unit.Entry.Outcome == "Flaky" && told == "Succeeded";
        if (told != unit.Entry.Outcome && !flaky)
        {
            run.Complaints.Add(Rule.Lifecycle, $"'{unit.Entry.Outcome}' in run.json, but its last event says '{told}'", unit.Name, unit.LastSeq);
        }

        if (unit.Entry.Outcome == "Flaky" && unit.Starts < 2)
        {
            run.Complaints.Add(Rule.Lifecycle, "Flaky, but it started only once", unit.Name);
        }

        if (told == "Skipped" && unit.LastEvent == "end" && unit.Entry.CausedBy is not null)
        {
            run.Complaints.Add(Rule.Skip, "it said itself that it does not apply, so nobody else caused it", unit.Name);
        }

        if (unit.Used != (unit.Entry.PeakMemoryBytes, unit.Entry.CpuMs))
        {
            run.Complaints.Add(Rule.Usage, $"{unit.Entry.PeakMemoryBytes} bytes and {unit.Entry.CpuMs} ms in run.json, {unit.Used.PeakMemoryBytes} and {unit.Used.CpuMs} at its last end", unit.Name);
        }

        if (unit.Entry is { Outcome: "Failed" or "TimedOut", Code: null })
        {
            run.Complaints.Add(Rule.Outcome, $"{unit.Entry.Outcome}, but no code says why", unit.Name);
        }
    }

    private static void CheckAttempts(UnitTrace unit, CheckedRun run)
    {
        UnitEntry entry = unit.Entry;
        if (!unit.HasStarted)
        {
            if (entry.Slot is not null || entry.Attempts.Length > 0 || entry.Log is not null || entry.StartedAt is not null)
            {
                run.Complaints.Add(Rule.Lifecycle, "it never started, but run.json has a slot, an attempt, a log or a start of it", unit.Name);
            }

            return;
        }

        if (entry.StartedAt is null || entry.Slot != unit.FirstSlot)
        {
            run.Complaints.Add(Rule.Lifecycle, $"it started in slot {unit.FirstSlot}, run.json says slot {entry.Slot?.ToString() ?? "none"} at {entry.StartedAt?.ToString("O") ?? "no time"}", unit.Name);
        }

        if (!entry.Processors.SequenceEqual(unit.Processors))
        {
            run.Complaints.Add(Rule.Affinity, "its processors in run.json are not those of its last start", unit.Name);
        }

        // A milestone starts no process, so it may have no attempt.
        bool process = entry.Attempts.Length > 0 || entry.ExitCode is not null || entry.Signal is not null || entry.Log is not null;
        if (!process)
        {
            return;
        }

        if (entry.Attempts.Length != unit.Starts)
        {
            run.Complaints.Add(Rule.Lifecycle, $"it started {unit.Starts} time(s), run.json has {entry.Attempts.Length} attempt(s)", unit.Name);
            return;
        }

        for (int i = 0; i < Math.Min(unit.Ends.Count, entry.Attempts.Length); i++)
        {
            AttemptEntry attempt = entry.Attempts[i];
            (string outcome, int? exitCode, int? signal) = unit.Ends[i];
            if ((attempt.Outcome != outcome && outcome != "Flaky") || attempt.ExitCode != exitCode || attempt.Signal != signal)
            {
                run.Complaints.Add(Rule.Lifecycle, $"attempt {i + 1} is '{attempt.Outcome}' in run.json, '{outcome}' in its end, or its exit code or signal is another", unit.Name);
            }
        }

        AttemptEntry last = entry.Attempts[^1];
        if (last.ExitCode != entry.ExitCode || last.Signal != entry.Signal)
        {
            run.Complaints.Add(Rule.Lifecycle, "its exit code and signal are not those of its last attempt", unit.Name);
        }
    }

    /// <summary>Ranks tell units apart and follow priority.</summary>
    private static void CheckRanks(CheckedRun run)
    {
        UnitTrace? before = null;
        foreach (UnitTrace unit in run.Units.Where(unit => unit.ReadySeq > 0).OrderBy(unit => unit.Rank))
        {
            if (unit.Rank < 0 || unit.Rank >= run.Units.Count)
            {
                run.Complaints.Add(Rule.Rank, $"rank {unit.Rank} among {run.Units.Count} units", unit.Name, unit.ReadySeq);
            }

            if (before is not null && before.Rank == unit.Rank)
            {
                run.Complaints.Add(Rule.Rank, $"it has the rank of '{before.Name}'", unit.Name, unit.ReadySeq);
            }

            // Those that were added stand behind all others of their priority; their rank says only which of them is first.
            if (unit.Entry.AddedBy is null && before is not null && before.Entry.Priority > unit.Entry.Priority)
            {
                run.Complaints.Add(Rule.Rank, $"its priority is better than that of '{before.Name}', its rank is not", unit.Name, unit.ReadySeq);
            }

            before = unit;
        }
    }

    private static void CheckHeldLocks(CheckedRun run)
    {
        HashSet<(string, string)> named = [];
        foreach (HeldLockEntry entry in run.File.HeldLocks)
        {
            UnitTrace? unit = run.Find(entry.Unit);
            bool twice = !named.Add((entry.Resource.ToUpperInvariant(), entry.Unit.ToUpperInvariant()));
            Want? held = unit?.Holding.Cast<Want?>().FirstOrDefault(want => Same(want!.Value.Node.Name, entry.Resource));
            if (twice || held is null)
            {
                run.Complaints.Add(Rule.HeldLocks, $"'{entry.Resource}' is in heldLocks, but the events do not leave it held", entry.Unit);
            }
            else if (entry.Tokens != (held.Value.Tokens > 0 ? held.Value.Tokens : null) && !held.Value.Claim)
            {
                run.Complaints.Add(Rule.HeldLocks, $"{entry.Tokens?.ToString() ?? "no"} tokens of '{entry.Resource}' in heldLocks, {held.Value.Tokens} in its start", entry.Unit);
            }
        }

        // What a unit held whose end was not seen went with the supervisor.
        foreach (UnitTrace unit in run.Units.Where(unit => unit.IsOver))
        {
            foreach (Want want in unit.Holding.Where(want => !named.Contains((want.Node.Name.ToUpperInvariant(), unit.Name.ToUpperInvariant()))))
            {
                run.Complaints.Add(Rule.HeldLocks, $"it keeps '{want.Node.Name}' to the end, but heldLocks does not say so", unit.Name, unit.LastSeq);
            }
        }
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}

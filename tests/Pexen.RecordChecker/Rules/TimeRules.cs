using Pexen.RecordChecking.Input;
using Pexen.RecordChecking.Replay;

namespace Pexen.RecordChecking.Rules;

/// <summary>Wall-clock times: nothing ends before it starts, nothing lies outside what contains it.</summary>
internal static class TimeRules
{
    /// <summary>Times are rounded to milliseconds, each by itself.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(10);

    public static void Check(CheckedRun run)
    {
        RunFile file = run.File;
        if (file.StartedAt is null || (file.FinishedAt is null && !file.Interrupted))
        {
            run.Complaints.Add(Rule.Times, "the run has no start or no end");
        }

        Within(file.StartedAt, file.FinishedAt, null, null, "the run", null, run);
        foreach (UnitTrace unit in run.Units)
        {
            Check(unit.Entry, run);
        }
    }

    private static void Check(UnitEntry unit, CheckedRun run)
    {
        Within(unit.StartedAt, unit.FinishedAt, run.File.StartedAt, run.File.FinishedAt, "it", unit.Name, run);
        foreach (AttemptEntry attempt in unit.Attempts)
        {
            Within(attempt.StartedAt, attempt.FinishedAt, unit.StartedAt, unit.FinishedAt, "an attempt", unit.Name, run);
        }

        if (unit.DurationMs < 0 || unit.LockWaitMs < 0)
        {
            run.Complaints.Add(Rule.Times, "a time that is less than nothing", unit.Name);
        }

        if (unit.StartedAt is not null && unit.FinishedAt is null && !run.File.Interrupted)
        {
            run.Complaints.Add(Rule.Times, "it started and has no end", unit.Name);
        }

        if (unit.DurationMs > (unit.FinishedAt - unit.StartedAt + Tolerance)?.TotalMilliseconds)
        {
            run.Complaints.Add(Rule.Times, $"it took {unit.DurationMs} ms, longer than from its start to its end", unit.Name);
        }
    }

    private static void Within(
        DateTimeOffset? start, DateTimeOffset? end, DateTimeOffset? outerStart, DateTimeOffset? outerEnd, string what, string? unit, CheckedRun run)
    {
        if (end + Tolerance < start)
        {
            run.Complaints.Add(Rule.Times, $"{what} ends before it starts", unit);
        }

        if (start + Tolerance < outerStart || end > outerEnd + Tolerance || start > outerEnd + Tolerance)
        {
            run.Complaints.Add(Rule.Times, $"{what} lies outside the time of what contains it", unit);
        }
    }
}

using Pexen.RecordChecking.Replay;

namespace Pexen.RecordChecking.Rules;

/// <summary>Memory: who is stopped for it had more than it might have.</summary>
internal static class MemoryRules
{
    private const string Broken = "PEX3010";
    private const int MostPreemptions = 2;

    public static void Check(CheckedRun run)
    {
        foreach (UnitTrace unit in run.Units)
        {
            if (unit.Entry is { Code: Broken, Outcome: "Failed" })
            {
                CheckBroken(unit, run);
            }
        }
    }

    private static void CheckBroken(UnitTrace unit, CheckedRun run)
    {
        if (unit.Entry.Reason == "preempted too often")
        {
            if (unit.Preemptions != MostPreemptions)
            {
                run.Complaints.Add(Rule.Memory, $"it gave way too often, but only {unit.Preemptions} time(s) before", unit.Name);
            }

            return;
        }

        if ((unit.Entry.Reason == "run memory limit" ? run.File.MemoryLimitBytes : unit.Entry.Limits?.MemoryBytes) is not { } limit)
        {
            run.Complaints.Add(Rule.Memory, "it broke a limit that there is not", unit.Name);
        }
        else if (!(unit.Entry.PeakMemoryBytes > limit))
        {
            run.Complaints.Add(Rule.Memory, $"it was stopped for more than {limit} bytes, but had {unit.Entry.PeakMemoryBytes?.ToString() ?? "an unknown number of"}", unit.Name);
        }
    }
}

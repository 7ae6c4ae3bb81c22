using Pexen.RecordChecking.Replay;

namespace Pexen.RecordChecking.Rules;

/// <summary>Log files: one of its own for each unit, inside the folder of the record, and there if the caller wants that checked.</summary>
internal static class LogRules
{
    public static void Check(CheckedRun run, string? folder)
    {
        Dictionary<string, UnitTrace> owners = new(StringComparer.OrdinalIgnoreCase);
        foreach (UnitTrace unit in run.Units)
        {
            foreach (string log in unit.Entry.Attempts.Select(attempt => attempt.Log).Append(unit.Entry.Log).OfType<string>().Distinct())
            {
                if (!owners.TryAdd(log, unit) && owners[log] != unit)
                {
                    run.Complaints.Add(Rule.Logs, $"'{log}' is also the log of '{owners[log].Name}'", unit.Name);
                }

                if (Path.IsPathRooted(log) || log.Split('/', '\\').Contains(".."))
                {
                    run.Complaints.Add(Rule.Logs, $"'{log}' leads out of the folder of the record", unit.Name);
                }
                else if (folder is not null && !File.Exists(Path.Combine(folder, log)))
                {
                    run.Complaints.Add(Rule.Logs, $"'{log}' is not there", unit.Name);
                }
            }
        }
    }
}

using Pexen.RecordChecking.Replay;

namespace Pexen.RecordChecking.Rules;

/// <summary>The outcome of the run, from those of its units.</summary>
internal static class OutcomeRules
{
    public static void Check(CheckedRun run)
    {
        switch (run.File.Outcome)
        {
            case "Succeeded":
                CheckSucceeded(run);
                break;
            case "Failed":
                bool other = run.File.Diagnostics.Any(diagnostic => diagnostic is { Severity: "error", Unit: null } or { Severity: "error", Code: "PEX1012" });
                if (!other && !run.Units.Exists(unit => unit.Failed && !run.IsTolerated(unit)))
                {
                    run.Complaints.Add(Rule.Outcome, "the run failed, but none of its units did, or only such as may, and no error of the run itself says why");
                }

                break;
            case "TimedOut":
                bool said = run.File.Diagnostics.Any(diagnostic => diagnostic.Code == "PEX3005");
                if (!said && !run.Units.Exists(unit => unit.Entry.Outcome is "Cancelled" or "TimedOut"))
                {
                    run.Complaints.Add(Rule.Outcome, "the run timed out, but nothing was stopped, and no PEX3005 says so");
                }

                break;
            case "Cancelled" or "Interrupted":
                return;
            default:
                run.Complaints.Add(Rule.Outcome, $"'{run.File.Outcome}' is no outcome of a run");
                return;
        }

        if (run.File.Outcome != "TimedOut" && !run.Units.Exists(unit => unit.Entry.Service)
            && run.Units.Find(unit => unit.Entry is { Outcome: "Cancelled", Reason: not "chained" }) is { } cancelled)
        {
            run.Complaints.Add(Rule.Outcome, $"it was cancelled, but the run {run.File.Outcome}", cancelled.Name);
        }
    }

    private static void CheckSucceeded(CheckedRun run)
    {
        foreach (UnitTrace unit in run.Units.Where(unit => unit.Failed && !run.IsTolerated(unit)))
        {
            run.Complaints.Add(Rule.Outcome, $"{unit.Entry.Outcome}, but the run succeeded; legal only under ContinueOnError, which the caller has to vouch for", unit.Name);
        }
    }
}

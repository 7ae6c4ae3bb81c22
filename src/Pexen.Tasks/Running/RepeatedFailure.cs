using Pexen.Model;
using Pexen.Records;

namespace Pexen.Tasks.Running;

/// <summary>One error in place of all those that a record holds and that were said before.</summary>
internal static class RepeatedFailure
{
    public static Diagnostic Of(string phase, RunRecord record, string path)
    {
        // A lost supervisor said nothing itself, and whoever wrote its record only warned. A code found in the output of a unit is not ours to repeat.
        string? code = record.Outcome == nameof(RunOutcome.Interrupted)
            ? "PEX3009"
            : record.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == "error" && diagnostic.Code.StartsWith("PEX", StringComparison.Ordinal))?.Code;
        return Diagnostics.RunFailedBefore(code, phase, record.Project, record.Outcome, path);
    }
}

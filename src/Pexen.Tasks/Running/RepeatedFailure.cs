using Pexen.Records;

namespace Pexen.Tasks.Running;

/// <summary>One error in place of all those that a record holds and that were said before.</summary>
internal static class RepeatedFailure
{
    public static Diagnostic Of(string phase, RunRecord record, string path)
    {
        // Not one that was found in the output of a unit.
        DiagnosticRecord? first = record.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == "error" && diagnostic.Code.StartsWith("PEX", StringComparison.Ordinal));
        return Diagnostics.RunFailedBefore(first?.Code, phase, record.Project, record.Outcome, path);
    }
}

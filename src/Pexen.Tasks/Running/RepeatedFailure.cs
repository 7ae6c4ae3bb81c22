using Pexen.Records;

namespace Pexen.Tasks.Running;

/// <summary>One error in place of all those that a record holds and that were said before.</summary>
internal static class RepeatedFailure
{
    public static Diagnostic Of(string phase, RunRecord record, string path)
    {
        DiagnosticRecord? first = record.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == "error");
        return Diagnostics.RunFailedBefore(first?.Code, phase, record.Project, record.Outcome, path);
    }
}

using Pexen.Model;

namespace Pexen;

/// <summary>What only the build around a run can tell.</summary>
internal static partial class Diagnostics
{
    public static Diagnostic CommandRewritten(string unit, string metadata, string what, SourceLocation source) =>
        Warning(
            "PEX2003",
            $"Unit '{unit}': MSBuild rewrote its {metadata} before we saw it: {what}. Put the text into a file and use Script, or write the character as %xx: %24 is a dollar sign, %25 a percent sign.",
            unit,
            source);

    /// <summary>In place of all that was said when it failed.</summary>
    public static Diagnostic RunFailedBefore(string? code, string phase, string project, string outcome, string record) =>
        Error(code ?? "PEX3001", $"Phase {phase} of {project} ended as {outcome}; what went wrong was said then and is in {record}.");

    public static Diagnostic NoRecord(string? phase, string folder) =>
        Error("PEX3009", $"There is no record of {(string.IsNullOrEmpty(phase) ? "any run" : $"a run of phase {phase}")} in '{folder}'. Build the project first.");

    public static Diagnostic RecordNotFinal(string record) =>
        Error("PEX3009", $"A run is under way, or its record cannot be read: {record}. Wait for it, or build again.");

    public static Diagnostic PlanNotWritten(string folder, string why) =>
        Error("PEX3011", $"The plan cannot be written to '{folder}': {Sentence(why)}");
}

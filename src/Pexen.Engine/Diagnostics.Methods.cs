using Pexen.Execution.Workers;
using Pexen.Model;

namespace Pexen;

/// <summary>What can be said of units that are methods, and of the assemblies that they are in.</summary>
internal static partial class Diagnostics
{
    private const int LongestMessage = 500;

    public static Diagnostic MethodThrew(UnitDefinition unit, MethodFailure failure, string? log) =>
        Failure("PEX3001", unit, $"Unit '{unit.Name}' failed with {failure.Type}: {OneLine(failure.Message)}{See(log)}{Hint(unit)}");

    public static Diagnostic MethodFailedControlled(UnitDefinition unit, MethodFailure failure, string? log) =>
        Failure(
            "PEX3001",
            unit,
            $"Unit '{unit.Name}' failed with {failure.Type}, which says that it left things in order: {OneLine(failure.Message)}{See(log)}{Hint(unit)}");

    public static Diagnostic MethodResultNotCarried(UnitDefinition unit, string why, string? log) =>
        Failure("PEX3001", unit, $"Unit '{unit.Name}' ended well, but {Sentence(why)}{See(log)}{Hint(unit)}");

    public static Diagnostic MethodEndedItsProcess(UnitDefinition unit, int exitCode, string? log) =>
        Failure(
            "PEX3001",
            unit,
            $"Unit '{unit.Name}' ended the worker process with exit code {Number(exitCode)} inside its method. A method that wants to fail throws an exception.{See(log)}{Hint(unit)}");

    public static Diagnostic AssemblyNotThere(string include, string path, SourceLocation source) =>
        Error(
            "PEX1006",
            $"PexenAssembly Include={Quote(include)}: there is no file {Quote(path)}. Allowed is an assembly that is there when the phase of its units begins: "
                + "correct the path, build it first, or give the item the Phase in which its units run.",
            null,
            source);

    /// <summary>A plan is made before anything is built.</summary>
    public static Diagnostic AssemblyNotBuiltYet(string include, string path, SourceLocation source) =>
        Message("PEX1006", $"PexenAssembly Include={Quote(include)}: {Quote(path)} is not built yet, so its units are not in this plan.", null, source);

    public static Diagnostic AssemblyNotReadable(string include, string path, string why, SourceLocation source) =>
        Error("PEX1006", $"PexenAssembly Include={Quote(include)}: {Quote(path)} cannot be read: {Sentence(why)} Allowed is a .NET assembly.", null, source);

    public static Diagnostic MarkNotUsable(string include, string method, string why, SourceLocation source) =>
        Error("PEX1006", $"PexenAssembly Include={Quote(include)}: [PexenUnit] on {Quote(method)} is no unit: {Sentence(why)}", null, source);

    private static string OneLine(string text)
    {
        string line = text.ReplaceLineEndings(" ").Trim();
        line = line.Length > LongestMessage ? line[..LongestMessage] + "…" : line;
        return line.EndsWith('.') || line.EndsWith('…') ? line : line + ".";
    }
}

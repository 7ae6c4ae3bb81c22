using System.Globalization;
using Pexen.Execution.Dispatching;
using Pexen.Model;

namespace Pexen;

/// <summary>What can be said of memory.</summary>
internal static partial class Diagnostics
{
    public static Diagnostic MoreMemoryThanThereIs(string subject, string name, long limit, long machine, string? unit, SourceLocation? source) =>
        Warning("PEX1006", $"{subject}: {name}={Quote(Size(limit))} is more than this machine has ({Size(machine)}), so it limits nothing here. Lower it, or remove it.", unit, source);

    /// <param name="unit">Which.</param>
    /// <param name="memory">Bytes that were seen.</param>
    /// <param name="log">Its log, or null.</param>
    public static Diagnostic UnitTookTooMuchMemory(UnitDefinition unit, long memory, string? log) =>
        Failure("PEX3010", unit, $"Unit '{unit.Name}' was stopped, for it had {Size(memory)} of memory, and its MemoryLimit is {Size(unit.Limits.Memory!.Value)}.{See(log)}{Hint(unit)}");

    public static Diagnostic UnitAloneTookTooMuchMemory(UnitDefinition unit, MemoryStop seen, string? log) =>
        Failure(
            "PEX3010",
            unit,
            $"Unit '{unit.Name}' was stopped, for it had {Size(seen.Unit)} of memory while no other unit ran, and {seen.LimitName} is {Size(seen.Limit)}.{See(log)}{Hint(unit)}");

    public static Diagnostic UnitPreemptedTooOften(UnitDefinition unit, MemoryStop seen, string? log) =>
        Failure(
            "PEX3010",
            unit,
            $"Unit '{unit.Name}' was stopped for the third time, for all units together had {Size(seen.All)} of memory, {Size(seen.Unit)} of which were its own, and {seen.LimitName} is {Size(seen.Limit)}.{See(log)}{Hint(unit)}");

    public static Diagnostic UnitPreempted(UnitDefinition unit, MemoryStop seen) =>
        Message(
            "PEX3010",
            $"Unit '{unit.Name}', which had {Size(seen.Unit)} of memory, was stopped and is started again later: all units together had {Size(seen.All)}, and {seen.LimitName} is {Size(seen.Limit)}. Until it is over at most {Count(seen.Width, "unit")} {(seen.Width == 1 ? "runs" : "run")} at a time.",
            unit.Name,
            unit.Source);

    /// <param name="broken">Who broke its limit.</param>
    /// <param name="stopped">Who was stopped with it.</param>
    public static Diagnostic UnitsStoppedWith(UnitDefinition broken, IReadOnlyList<string> stopped) =>
        Warning(
            "PEX4001",
            $"With unit '{broken.Name}' {(stopped.Count == 1 ? "another was" : "others were")} stopped that {(stopped.Count == 1 ? "is" : "are")} of its Category '{broken.Limits.Category}' with at least its Size of {Number(broken.Limits.Size)}: {Names(stopped)}.",
            broken.Name,
            broken.Source);

    /// <summary>As one would write it: three digits that say something, and a unit.</summary>
    private static string Size(long bytes) => bytes switch
    {
        >= 1_000_000_000_000 => Rounded(bytes / 1e12, "TB"),
        >= 1_000_000_000 => Rounded(bytes / 1e9, "GB"),
        >= 1_000_000 => Rounded(bytes / 1e6, "MB"),
        _ => Rounded(bytes / 1e3, "KB"),
    };

    private static string Rounded(double number, string unit) =>
        number.ToString(number >= 100 ? "0" : number >= 10 ? "0.#" : "0.##", CultureInfo.InvariantCulture) + unit;
}

using System.Globalization;
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

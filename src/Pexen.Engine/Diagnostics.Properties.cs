using System.Globalization;
using Pexen.Model;

namespace Pexen;

/// <summary>What stands against a unit's output becoming a property of the build.</summary>
internal static partial class Diagnostics
{
    public static Diagnostic OutputTooLongForProperty(UnitDefinition unit, string property, int longest) => new(
        "PEX4007",
        Severity.Warning,
        string.Create(
            CultureInfo.InvariantCulture,
            $"Unit {Quote(unit.Name)} wrote more than {longest / 1024} KiB, which no property can hold: OutputProperty={Quote(property)} is not set. Write what is wanted to PEXEN_OUTPUT and name it in ExportProperties, or pass a file."),
        unit.Name,
        unit.Source);

    public static Diagnostic NothingToExport(UnitDefinition unit, string key, string property, IEnumerable<string> written)
    {
        string[] keys = [.. written.Order(StringComparer.Ordinal)];
        string there = keys.Length == 0 ? "It wrote nothing there" : $"It wrote {string.Join(", ", keys.Select(Quote))}";
        return new Diagnostic(
            "PEX4007",
            Severity.Warning,
            $"Unit {Quote(unit.Name)} succeeded but did not write {Quote(key)} to PEXEN_OUTPUT, so ExportProperties does not set {Quote(property)}. {there}.",
            unit.Name,
            unit.Source);
    }
}

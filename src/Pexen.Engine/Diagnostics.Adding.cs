using Pexen.Model;

namespace Pexen;

/// <summary>What can be wrong with units that are added during a run: PEX1013, whatever the reason.</summary>
internal static partial class Diagnostics
{
    /// <param name="writer">The unit that added it, and fails.</param>
    /// <param name="why">What would stand against the unit in a project, or one of the reasons below.</param>
    public static Diagnostic AddedUnitRefused(UnitDefinition writer, Diagnostic why) =>
        Error(
            "PEX1013",
            $"Unit {Quote(writer.Name)} added units that are refused, all of them, because of {(why.Unit is null ? "this" : Quote(why.Unit))}: {why.Message}"
                + (why.Code == "PEX1013" ? "" : $" ({why.Code})"),
            writer.Name,
            writer.Source ?? why.Location);

    public static Diagnostic NotOnAddedUnits(string unit, string metadata, SourceLocation? source) =>
        Error(
            "PEX1013",
            $"Unit {Quote(unit)}: {metadata} is not for units that are added during a run: they belong to the run of the unit that adds them. Remove it.",
            unit,
            source);

    public static Diagnostic AddedAfterService(UnitDefinition unit, UnitDefinition service) =>
        Error(
            "PEX1013",
            $"Unit {Quote(unit.Name)}: After names the service {Quote(service.Name)}, and a unit that is added during a run cannot wait for the end of a service, which may wait for it. Remove it.",
            unit.Name,
            unit.Source);

    public static Diagnostic ProvidesWhatStartedUnitRequired(UnitDefinition unit, Capability provided, UnitDefinition started) =>
        Error(
            "PEX1013",
            $"Unit {Quote(unit.Name)} provides {Quote(provided.ToString())}, which {Quote(started.Name)} required, and that has started already. "
                + $"Give it another name, or let {Quote(started.Name)} require the unit that adds it.",
            unit.Name,
            unit.Source);

    public static Diagnostic TooManyAdded(int now, int before, int most) =>
        Error(
            "PEX1013",
            $"{now} more units besides {before} that were added before are more than the {most} of PexenMaxDynamicUnits. Raise it, or add fewer.");
}

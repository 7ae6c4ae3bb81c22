using Pexen.Model;

namespace Pexen;

/// <summary>What can be said of units that are added during a run, besides what is wrong with them.</summary>
internal static partial class Diagnostics
{
    public static Diagnostic AddedUnitsUnreadable(UnitDefinition writer, string why) =>
        Error("PEX1013", $"What unit {Quote(writer.Name)} wrote to PEXEN_UNITS cannot be read: {Sentence(why)}", writer.Name, writer.Source);
}

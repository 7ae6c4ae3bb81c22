using Pexen.Model;

namespace Pexen;

/// <summary>What can be said of processors that slots have for themselves.</summary>
internal static partial class Diagnostics
{
    public static Diagnostic NoAffinityHere(Affinity affinity, SourceLocation? source) =>
        Error("PEX1006", $"The project: PexenAffinity={Quote(affinity.ToString())} is not to be had here: this system does not bind processes to processors, or does not say which there are. Remove it, or set it to None.", null, source);

    public static Diagnostic SlotsWithoutProcessors(Affinity affinity, string what, int slots, int groups, SourceLocation? source) =>
        Error(
            "PEX1006",
            $"The project: PexenAffinity={Quote(affinity.ToString())} gives each slot processors of its own, and {what} is {Number(slots)}, but there {(groups == 1 ? "is" : "are")} only {Count(groups, Name(affinity))} here. "
                + "Lower the number of slots, choose smaller pieces, or remove it.",
            null,
            source);

    private static string Name(Affinity affinity) => affinity switch
    {
        Affinity.Core => "core",
        Affinity.Node => "NUMA node",
        _ => "processor",
    };
}

using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Reads what a unit, or the project, says of memory.</summary>
internal static class LimitsReader
{
    /// <summary>No process has less, so a smaller limit is a slip of the pen.</summary>
    private const long LeastMemory = 1_000_000;

    private static readonly string[] Names = ["MemoryLimit", "Preemptible"];

    public static Limits Read(DeclaredValues values) => !Array.Exists(Names, values.Has)
        ? Limits.Default
        : new Limits
        {
            Memory = Memory(values, "MemoryLimit"),
            Preemptible = values.Value("Preemptible", true, ScalarText.Boolean),
        };

    /// <summary>A limit of memory; null is none.</summary>
    public static long? Memory(DeclaredValues values, string name) => values.Value(name, 0L, ParseMemory) is > 0 and long limit ? limit : null;

    private static string? ParseMemory(string text, out long value)
    {
        string? allowed = ScalarText.Size(text, out value);
        return allowed is null && value < LeastMemory ? "The least is 1MB, for no process has less" : allowed;
    }
}

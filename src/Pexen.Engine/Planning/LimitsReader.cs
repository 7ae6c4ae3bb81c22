using System.Globalization;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Reads what a unit, or the project, says of memory.</summary>
internal static class LimitsReader
{
    /// <summary>No process has less, so a smaller limit is a slip of the pen.</summary>
    public const long LeastMemory = 1_000_000;

    private static readonly string[] Names = ["MemoryLimit", "Category", "Size", "Preemptible"];

    public static Limits Read(DeclaredValues values) => !Array.Exists(Names, values.Has)
        ? Limits.Default
        : new Limits
        {
            Memory = Memory(values, "MemoryLimit"),
            Category = values.Value<string?>("Category", null, NameText.ParseGroup),
            Size = values.Value("Size", 0, ParseSize),
            Preemptible = values.Value("Preemptible", true, ScalarText.Boolean),
        };

    /// <summary>A limit of memory; null is none.</summary>
    public static long? Memory(DeclaredValues values, string name) => values.Value(name, 0L, ParseMemory) is > 0 and long limit ? limit : null;

    private static string? ParseSize(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) ? null : $"Allowed is a whole number from 0, which is none, to {int.MaxValue}";

    private static string? ParseMemory(string text, out long value)
    {
        string? allowed = ScalarText.Size(text, out value);
        return allowed is null && value < LeastMemory ? "The least is 1MB, for no process has less" : allowed;
    }
}

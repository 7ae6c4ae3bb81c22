using System.Globalization;
using Pexen.Scheduling;

namespace Pexen.Locking;

/// <summary>A resource that a unit of some run holds, as the registry has it: one line, fields escaped and parted by tabs.</summary>
internal sealed record SharedHold(string RunId, string Unit, string Resource, HoldMode Mode, int Tokens, int Capacity)
{
    /// <summary>Rule 13. Tokens of one resource are counted by the caller.</summary>
    public bool ConflictsWith(SharedHold other) => (Mode == HoldMode.Claim || other.Mode == HoldMode.Claim) && IsOnPathOf(other);

    public bool IsSameCounted(SharedHold other) => Tokens > 0 && other.Tokens > 0 && Same(Resource, other.Resource);

    public string ToLine() => string.Join(
        '\t',
        Uri.EscapeDataString(RunId),
        Uri.EscapeDataString(Unit),
        Uri.EscapeDataString(Resource),
        Mode == HoldMode.Claim ? "claim" : "use",
        Tokens.ToString(CultureInfo.InvariantCulture),
        Capacity.ToString(CultureInfo.InvariantCulture));

    public static SharedHold? FromLine(string line)
    {
        string[] fields = line.Split('\t');
        return fields.Length == 6
            && int.TryParse(fields[4], NumberStyles.None, CultureInfo.InvariantCulture, out int tokens)
            && int.TryParse(fields[5], NumberStyles.None, CultureInfo.InvariantCulture, out int capacity)
                ? new SharedHold(
                    Uri.UnescapeDataString(fields[0]),
                    Uri.UnescapeDataString(fields[1]),
                    Uri.UnescapeDataString(fields[2]),
                    fields[3] == "claim" ? HoldMode.Claim : HoldMode.Use,
                    tokens,
                    capacity)
                : null;
    }

    private bool IsOnPathOf(SharedHold other) =>
        Same(Resource, other.Resource) || IsAbove(Resource, other.Resource) || IsAbove(other.Resource, Resource);

    private static bool IsAbove(string upper, string lower) =>
        lower.Length > upper.Length && lower[upper.Length] == '/' && lower.StartsWith(upper, StringComparison.OrdinalIgnoreCase);

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}

using System.Globalization;
using Pexen.Scheduling;

namespace Pexen.Locking;

/// <summary>A resource that a unit of some run holds, as the registry has it: one line, fields escaped and parted by tabs.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Resource">What it holds.</param>
/// <param name="Mode">How.</param>
/// <param name="Tokens">Of a use of something counted.</param>
/// <param name="Capacity">As that run declares it; 0 for none.</param>
/// <param name="Declared">Names of the instances as that run declares them, parted by <c>;</c>.</param>
/// <param name="Instances">Those that were handed out, likewise.</param>
internal sealed record SharedHold(
    string RunId, string Unit, string Resource, HoldMode Mode, int Tokens, int Capacity, string Declared = "", string Instances = "")
{
    private const int Fields = 8;

    /// <summary>Rule 13. Tokens of one resource are counted by the caller.</summary>
    public bool ConflictsWith(SharedHold other) => (Mode == HoldMode.Claim || other.Mode == HoldMode.Claim) && IsOnPathOf(other);

    public bool IsSameCounted(SharedHold other) => Tokens > 0 && other.Tokens > 0 && Same(Resource, other.Resource);

    /// <summary>Whether this instance of the resource is with the holder, or the holder names it.</summary>
    public InstanceStanding StandingOf(string resource, string instance)
    {
        if (Same(Resource, resource))
        {
            return Mode == HoldMode.Claim || Has(Instances, instance) ? InstanceStanding.Taken : InstanceStanding.Free;
        }

        bool named = Resource.Length == resource.Length + 1 + instance.Length && IsAbove(resource, Resource) && Resource.EndsWith(instance, StringComparison.OrdinalIgnoreCase);
        return named ? InstanceStanding.Named : InstanceStanding.Free;
    }

    public string ToLine() => string.Join(
        '\t',
        Uri.EscapeDataString(RunId),
        Uri.EscapeDataString(Unit),
        Uri.EscapeDataString(Resource),
        Mode == HoldMode.Claim ? "claim" : "use",
        Tokens.ToString(CultureInfo.InvariantCulture),
        Capacity.ToString(CultureInfo.InvariantCulture),
        Uri.EscapeDataString(Declared),
        Uri.EscapeDataString(Instances));

    public static SharedHold? FromLine(string line)
    {
        string[] fields = line.Split('\t');
        return fields.Length == Fields
            && int.TryParse(fields[4], NumberStyles.None, CultureInfo.InvariantCulture, out int tokens)
            && int.TryParse(fields[5], NumberStyles.None, CultureInfo.InvariantCulture, out int capacity)
                ? new SharedHold(
                    Uri.UnescapeDataString(fields[0]),
                    Uri.UnescapeDataString(fields[1]),
                    Uri.UnescapeDataString(fields[2]),
                    fields[3] == "claim" ? HoldMode.Claim : HoldMode.Use,
                    tokens,
                    capacity,
                    Uri.UnescapeDataString(fields[6]),
                    Uri.UnescapeDataString(fields[7]))
                : null;
    }

    private bool IsOnPathOf(SharedHold other) =>
        Same(Resource, other.Resource) || IsAbove(Resource, other.Resource) || IsAbove(other.Resource, Resource);

    private static bool Has(string names, string name) => names.Length > 0 && names.Split(';').Contains(name, StringComparer.OrdinalIgnoreCase);

    private static bool IsAbove(string upper, string lower) =>
        lower.Length > upper.Length && lower[upper.Length] == '/' && lower.StartsWith(upper, StringComparison.OrdinalIgnoreCase);

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}

using System.Globalization;
using Pexen.Planning;
using Pexen.Scheduling;

namespace Pexen.Locking;

/// <summary>A resource that a unit of some run holds, as the registry has it: one line, fields escaped and parted by tabs.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Resource">What it holds.</param>
/// <param name="Mode">How.</param>
/// <param name="Tokens">Of a use of something counted.</param>
/// <param name="Capacity">As that run declares it; 0 for none.</param>
internal sealed record SharedHold(string RunId, string Unit, string Resource, HoldMode Mode, int Tokens, int Capacity)
{
    private const int Fields = 9;

    /// <summary>Names of the instances as that run declares them, parted by <c>;</c>.</summary>
    public string Declared { get; init; } = "";

    /// <summary>Those that were handed out, likewise.</summary>
    public string Instances { get; init; } = "";

    /// <summary>The project file of that run.</summary>
    public string Project { get; init; } = "";

    /// <summary>What that run declares, for people.</summary>
    public string Declaration =>
        (Capacity == 0 ? "no capacity" : string.Create(CultureInfo.InvariantCulture, $"capacity {Capacity}")) + (Declared.Length == 0 ? "" : $" and instances {Declared}");

    /// <summary>Rule 13. Tokens of one resource are counted by the caller.</summary>
    public bool ConflictsWith(SharedHold other) => (Mode == HoldMode.Claim || other.Mode == HoldMode.Claim) && ResourcePath.AreOnOnePath(Resource, other.Resource);

    public bool IsSameCounted(SharedHold other) => Tokens > 0 && other.Tokens > 0 && Same(Resource, other.Resource);

    /// <summary>Whether the runs do not contradict each other about what the resource is.</summary>
    public bool AgreesWith(SharedHold other) => !Same(Resource, other.Resource) || Capacity == other.Capacity && NamesOf(Declared).SetEquals(NamesOf(other.Declared));

    /// <summary>Whether this instance of the resource is with the holder, or the holder names it.</summary>
    public InstanceStanding StandingOf(string resource, string instance)
    {
        if (Same(Resource, resource))
        {
            return Mode == HoldMode.Claim || NamesOf(Instances).Contains(instance) ? InstanceStanding.Taken : InstanceStanding.Free;
        }

        bool named = Resource.Length == resource.Length + 1 + instance.Length
            && ResourcePath.IsAbove(resource, Resource)
            && Resource.EndsWith(instance, StringComparison.OrdinalIgnoreCase);
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
        Uri.EscapeDataString(Instances),
        Uri.EscapeDataString(Project));

    public static SharedHold? FromLine(string line)
    {
        string[] fields = line.Split('\t');
        return fields.Length == Fields
            && int.TryParse(fields[4], NumberStyles.None, CultureInfo.InvariantCulture, out int tokens)
            && int.TryParse(fields[5], NumberStyles.None, CultureInfo.InvariantCulture, out int capacity)
                ? new SharedHold(Text(0), Text(1), Text(2), fields[3] == "claim" ? HoldMode.Claim : HoldMode.Use, tokens, capacity)
                {
                    Declared = Text(6),
                    Instances = Text(7),
                    Project = Text(8),
                }
                : null;

        string Text(int field) => Uri.UnescapeDataString(fields[field]);
    }

    private static HashSet<string> NamesOf(string list) => list.Length == 0 ? [] : new(list.Split(';'), StringComparer.OrdinalIgnoreCase);

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}

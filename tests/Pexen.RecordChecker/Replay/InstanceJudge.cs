using Pexen.RecordChecking.Input;

namespace Pexen.RecordChecking.Replay;

/// <summary>Instances of counted resources: a claim gets all, a use one for each token, and none is ever with two units.</summary>
internal sealed class InstanceJudge(Complaints complaints)
{
    public void HandOut(UnitTrace unit, HoldEntry hold, ResourceNode node, long seq)
    {
        string[] strange = [.. hold.Instances.Where(name => !node.Instances.Contains(name, StringComparer.OrdinalIgnoreCase))];
        if (strange.Length > 0)
        {
            complaints.Add(Rule.Instances, $"'{node.Name}' has no instance {string.Join(", ", strange)}", unit.Name, seq);
        }

        int due = node.Instances.Length == 0 ? 0 : hold.Mode == "claim" ? node.Instances.Length : hold.Tokens ?? 0;
        if (hold.Instances.Length != due)
        {
            complaints.Add(Rule.Instances, $"{hold.Instances.Length} instances of '{node.Name}' for what is worth {due}", unit.Name, seq);
        }

        foreach (string instance in hold.Instances)
        {
            if (!node.HandedOut.TryAdd(instance, unit))
            {
                complaints.Add(Rule.Instances, $"'{node.Name}/{instance}' is with '{node.HandedOut[instance].Name}'", unit.Name, seq);
            }
        }
    }
}

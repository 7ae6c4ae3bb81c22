using Pexen.RecordChecking.Input;

namespace Pexen.RecordChecking.Replay;

/// <summary>Who holds what, from each <c>start</c> to the <c>end</c> or <c>release</c> that gives it back.</summary>
internal sealed class LockBook(ResourceTree resources, WaitingRoom room, Complaints complaints)
{
    private readonly InstanceJudge _instances = new(complaints);

    public void Take(UnitTrace unit, HoldEntry[] holds, long seq)
    {
        List<Want> taken = [];
        foreach (HoldEntry hold in holds)
        {
            if (hold.Mode is not ("claim" or "use"))
            {
                complaints.Add(Rule.Holds, $"mode '{hold.Mode}' is neither claim nor use", unit.Name, seq);
            }

            ResourceNode node = resources[hold.Resource];
            bool claim = hold.Mode == "claim";
            taken.Add(new Want(node, claim, claim || node.Capacity is null ? 0 : hold.Tokens ?? 0));
            if (claim ? hold.Tokens is not null && hold.Tokens != node.Capacity : hold.Tokens is null != node.Capacity is null)
            {
                complaints.Add(Rule.Holds, $"{hold.Tokens?.ToString() ?? "no"} tokens for a {hold.Mode} of '{hold.Resource}'", unit.Name, seq);
            }
        }

        CompareWithDeclared(unit, taken, seq);
        foreach (Want want in taken)
        {
            CheckFree(unit, want, seq);
        }

        foreach (HoldEntry hold in holds)
        {
            _instances.HandOut(unit, hold, resources[hold.Resource], seq);
        }

        foreach (Want want in taken)
        {
            want.Node.Add(unit, want);
        }

        unit.Holding = taken;
    }

    /// <summary>An end: what was held is either given back or stays held.</summary>
    public void End(UnitTrace unit, RunEvent line)
    {
        string[] held = [.. (line.Held ?? []).Select(NameOf)];
        string[] released = [.. (line.Released ?? []).Select(NameOf)];
        if (held.Length > 0 && line.Outcome is not ("Failed" or "TimedOut" or "ControlledFailure" or "Cancelled"))
        {
            complaints.Add(Rule.Holds, $"it keeps {Quote(held)} although it {line.Outcome}", unit.Name, line.Seq);
        }

        HashSet<string> open = new(unit.Holding.Select(want => want.Node.Name), StringComparer.OrdinalIgnoreCase);
        string[] strange = [.. held.Concat(released).Where(name => !open.Remove(name))];
        if (strange.Length > 0)
        {
            complaints.Add(Rule.Holds, $"its end names {Quote(strange)}, which it did not hold or names twice", unit.Name, line.Seq);
        }

        if (open.Count > 0)
        {
            complaints.Add(Rule.Holds, $"its end neither keeps nor gives back {Quote(open)}", unit.Name, line.Seq);
        }

        GiveBack(unit, released);
    }

    public void Release(UnitTrace unit, string[] released, long seq)
    {
        string[] names = [.. released.Select(NameOf)];
        string[] strange = [.. names.Where(name => !unit.Holding.Exists(want => Same(want.Node.Name, name)))];
        if (strange.Length > 0)
        {
            complaints.Add(Rule.Holds, $"it gives back {Quote(strange)}, which it does not hold", unit.Name, seq);
        }

        if (unit.Phase == UnitPhase.Running)
        {
            complaints.Add(Rule.Lifecycle, "it gives something back while it runs", unit.Name, seq);
        }

        GiveBack(unit, names);
    }

    /// <summary>What a unit keeps after a crash a finalizer may take.</summary>
    public void Lend(UnitTrace unit)
    {
        foreach (Want want in unit.Holding)
        {
            if (want.Node.Remove(unit))
            {
                room.Released(want.Node);
            }
        }
    }

    /// <summary>What an earlier attempt kept passes to the next one.</summary>
    public void GiveBackAll(UnitTrace unit) => GiveBack(unit, unit.Holding.Select(want => want.Node.Name).ToArray());

    private void GiveBack(UnitTrace unit, IReadOnlyCollection<string> names)
    {
        foreach (string name in names)
        {
            if (resources.Find(name) is not { } node)
            {
                continue;
            }

            unit.Holding.RemoveAll(want => want.Node == node);
            if (node.Remove(unit))
            {
                room.Released(node);
            }
        }
    }

    private void CompareWithDeclared(UnitTrace unit, List<Want> taken, long seq)
    {
        foreach (Want want in unit.Wants.Where(want => !taken.Contains(want)))
        {
            complaints.Add(Rule.Holds, $"the declared {want} is not taken", unit.Name, seq);
        }

        foreach (Want want in taken.Where((want, i) => !unit.Wants.Contains(want) || taken.IndexOf(want) < i))
        {
            complaints.Add(Rule.Holds, $"the {want} is taken, but not declared or taken before", unit.Name, seq);
        }
    }

    private void CheckFree(UnitTrace unit, Want want, long seq)
    {
        if (want.Node.IsFreeFor(want))
        {
            return;
        }

        foreach (ResourceNode node in want.Node.Related())
        {
            foreach ((UnitTrace holder, Want held) in node.Holders)
            {
                if (want.Claim || held.Claim)
                {
                    complaints.Add(Rule.Locks, $"{want} beside the {held} by '{holder.Name}'", unit.Name, seq);
                    return;
                }
            }
        }

        complaints.Add(Rule.Tokens, $"{want}: {want.Node.TokensHeld} of {want.Node.Capacity} are held", unit.Name, seq);
    }

    private static string NameOf(string text) => ResourceTree.ParseUse(text).Name;

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static string Quote(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));
}

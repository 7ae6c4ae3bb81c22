namespace Pexen.RecordChecking.Replay;

/// <summary>A resource by its path, with what is held of it and below it, and who waits for it.</summary>
internal sealed class ResourceNode(string name, ResourceNode? parent)
{
    public string Name { get; } = name;

    public ResourceNode? Parent { get; } = parent;

    public List<ResourceNode> Children { get; } = [];

    public int? Capacity { get; set; }

    /// <summary>Names that go with its tokens, one for each; or none.</summary>
    public string[] Instances { get; set; } = [];

    /// <summary>Which of them are with whom.</summary>
    public Dictionary<string, UnitTrace> HandedOut { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Who holds exactly this path, and how.</summary>
    public List<(UnitTrace Unit, Want Want)> Holders { get; } = [];

    public List<WaitingGroup> Waiting { get; } = [];

    /// <summary>Kinds of unit that cannot start because of this resource: looked at again when something related is given back.</summary>
    public List<WaitingKind> Watchers { get; } = [];

    public int Claims { get; private set; }

    public int TokensHeld { get; private set; }

    private int HoldsBelow { get; set; }

    private int ClaimsBelow { get; set; }

    public void Add(UnitTrace unit, Want want)
    {
        Holders.Add((unit, want));
        Count(want, 1);
    }

    public bool Remove(UnitTrace unit)
    {
        int place = Holders.FindIndex(holder => holder.Unit == unit);
        if (place < 0)
        {
            return false;
        }

        Count(Holders[place].Want, -1);
        Holders.RemoveAt(place);
        foreach ((string instance, UnitTrace holder) in HandedOut)
        {
            if (holder == unit)
            {
                HandedOut.Remove(instance);
            }
        }

        return true;
    }

    /// <summary>Whether the present holders leave room for one more of this kind.</summary>
    public bool IsFreeFor(Want want)
    {
        for (ResourceNode? above = this; above is not null; above = above.Parent)
        {
            if (above.Claims > 0 || (want.Claim && above.Holders.Count > 0))
            {
                return false;
            }
        }

        bool pathFree = want.Claim ? HoldsBelow == 0 : ClaimsBelow == 0;
        return pathFree && (want.Tokens == 0 || TokensHeld + want.Tokens <= (Capacity ?? int.MaxValue));
    }

    /// <summary>This resource, those above it and those below it.</summary>
    public IEnumerable<ResourceNode> Related()
    {
        for (ResourceNode? above = Parent; above is not null; above = above.Parent)
        {
            yield return above;
        }

        Stack<ResourceNode> open = new([this]);
        while (open.TryPop(out ResourceNode? node))
        {
            yield return node;
            foreach (ResourceNode child in node.Children)
            {
                open.Push(child);
            }
        }
    }

    private void Count(Want want, int sign)
    {
        Claims += want.Claim ? sign : 0;
        TokensHeld += want.Tokens * sign;
        for (ResourceNode? above = Parent; above is not null; above = above.Parent)
        {
            above.HoldsBelow += sign;
            above.ClaimsBelow += want.Claim ? sign : 0;
        }
    }
}

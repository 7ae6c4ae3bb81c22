namespace Pexen.RecordChecking.Replay;

/// <summary>
/// The ready units that have not started, arranged so that a start can be judged without looking at all of them: a kind that
/// is blocked by a resource is looked at again only when something related to that resource has been given back.
/// </summary>
internal sealed class WaitingRoom(GroupBook groups, SlotTable slots, ServiceBook services, Complaints complaints)
{
    private readonly Dictionary<string, WaitingKind> _kinds = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedSet<(long BestPlace, int Kind)> _listed = [];
    private readonly List<WaitingKind> _byId = [];

    /// <summary>Ready units of groups that a command is about to open.</summary>
    private readonly HashSet<UnitTrace> _behind = [];

    /// <summary>
    /// It cannot start yet. Whether it has been sent back by then, or waits in line for a resource and keeps those behind it from that, the record
    /// does not say.
    /// </summary>
    public void StandBehind(UnitTrace unit)
    {
        Leave(unit);
        _behind.Add(unit);
    }

    public void Enter(UnitTrace unit)
    {
        _behind.Remove(unit);
        WaitingKind kind = KindOf(unit);
        unit.Kind = kind;
        groups.Enter(unit);
        kind.Members.Add((unit.Place, unit));
        foreach (Want want in unit.Wants)
        {
            GroupOf(want, unit.Entry.Priority).Add(unit);
        }

        Relist(kind);
    }

    public void Leave(UnitTrace unit)
    {
        _behind.Remove(unit);
        if (unit.Kind is not { } kind)
        {
            return;
        }

        unit.Kind = null;
        groups.Leave(unit);
        kind.Members.Remove((unit.Place, unit));
        foreach (Want want in unit.Wants)
        {
            GroupOf(want, unit.Entry.Priority).Remove(unit);
        }

        Relist(kind);
    }

    /// <summary>Something was given back: who waited for it, or for something related, may be able to start.</summary>
    public void Released(ResourceNode node)
    {
        foreach (ResourceNode related in node.Related())
        {
            foreach (WaitingKind kind in related.Watchers)
            {
                kind.Watching = false;
                Relist(kind);
            }

            related.Watchers.Clear();
        }
    }

    /// <summary>Judges a start: nobody ahead may be waiting for what it takes, and nobody better who could start may be left behind.</summary>
    public void JudgeStart(UnitTrace unit, long seq)
    {
        if (Overtaken(unit, out Want want, out _) is { } overtaken)
        {
            complaints.Add(Rule.Overtaking, $"it takes what '{overtaken.Name}', which is ahead of it, waits for: {want}", unit.Name, seq);
        }

        List<WaitingKind> blocked = [];
        foreach ((long bestPlace, int id) in _listed)
        {
            if (bestPlace >= unit.Place)
            {
                break;
            }

            WaitingKind kind = _byId[id];
            if (groups.Stops(kind.Group))
            {
                continue;
            }

            Want? missing = FirstMissing(kind);
            if (missing is not null)
            {
                missing.Value.Node.Watchers.Add(kind);
                blocked.Add(kind);
            }
            else if (FirstFreeToStart(kind, unit.Place) is { } passed)
            {
                Complain(unit, passed, kind, seq);
                break;
            }
        }

        foreach (WaitingKind kind in blocked)
        {
            kind.Watching = true;
            Relist(kind);
        }
    }

    private void Complain(UnitTrace unit, UnitTrace passed, WaitingKind kind, long seq)
    {
        if (groups.HasToDrain(kind.Group))
        {
            complaints.Add(Rule.Groups, $"it starts although '{passed.Name}', which is ahead of it, waits to have the machine alone", unit.Name, seq);
        }
        else if (kind.Width <= slots.FreeFor(kind.Group))
        {
            complaints.Add(Rule.Rank, $"'{passed.Name}' was ready, is better (priority and rank {passed.Entry.Priority}, {passed.Rank} before {unit.Entry.Priority}, {unit.Rank}) and could have started", unit.Name, seq);
        }
        else
        {
            complaints.Add(Rule.Overtaking, $"it takes slots that '{passed.Name}', which is ahead of it, waits for", unit.Name, seq);
        }
    }

    private static Want? FirstMissing(WaitingKind kind)
    {
        foreach (Want want in kind.Wants)
        {
            if (!want.Node.IsFreeFor(want))
            {
                return want;
            }
        }

        return null;
    }

    private UnitTrace? FirstFreeToStart(WaitingKind kind, long place)
    {
        foreach ((long memberPlace, UnitTrace member) in kind.Members)
        {
            if (memberPlace >= place)
            {
                return null;
            }

            if (Overtaken(member, out _, out bool byRank) is null)
            {
                return MayBeKept(member) ? null : member;
            }

            if (byRank && !services.HasAny)
            {
                // Who holds back the best of a kind by rank holds back all of it.
                return null;
            }
        }

        return null;
    }

    /// <summary>Somebody ahead of it whose group is not open yet may wait in line for what it wants.</summary>
    private bool MayBeKept(UnitTrace unit) => _behind.Any(other =>
        (other.Place < unit.Place || (other.Entry.Priority == unit.Entry.Priority && other.ReadySeq < unit.ReadySeq))
        && other.Wants.Any(want => !want.Node.IsFreeFor(want) && unit.Wants.Any(hold => hold.Node.Related().Contains(want.Node) && want.ConflictsWith(hold))));

    /// <summary>The unit ahead of this one (rule 11) that waits for something which this one would take.</summary>
    private UnitTrace? Overtaken(UnitTrace unit, out Want want, out bool byRank)
    {
        foreach (Want hold in unit.Wants)
        {
            foreach (ResourceNode node in hold.Node.Related())
            {
                foreach (WaitingGroup group in node.Waiting)
                {
                    if (group.Want.ConflictsWith(hold) && group.AheadOf(unit, out byRank) is { } ahead && !node.IsFreeFor(group.Want)
                        && !services.IsAwaited(unit, group.Want))
                    {
                        want = group.Want;
                        return ahead;
                    }
                }
            }
        }

        want = default;
        byRank = false;
        return null;
    }

    private WaitingKind KindOf(UnitTrace unit)
    {
        string key = $"{unit.Width}|{unit.Entry.Priority}|{unit.Group?.Name}|{string.Join('|', unit.Wants.Select(want => $"{want.Claim}{want.Tokens} {want.Node.Name}"))}";
        if (!_kinds.TryGetValue(key, out WaitingKind? kind))
        {
            kind = new WaitingKind(_byId.Count, unit.Wants, unit.Width, unit.Group);
            _kinds.Add(key, kind);
            _byId.Add(kind);
        }

        return kind;
    }

    private static WaitingGroup GroupOf(Want want, int priority)
    {
        foreach (WaitingGroup group in want.Node.Waiting)
        {
            if (group.Want == want && group.Priority == priority)
            {
                return group;
            }
        }

        var added = new WaitingGroup(want, priority);
        want.Node.Waiting.Add(added);
        return added;
    }

    private void Relist(WaitingKind kind)
    {
        long? key = kind.Watching || kind.Members.Count == 0 ? null : kind.Members.Min.Place;
        if (key == kind.ListedAs)
        {
            return;
        }

        if (kind.ListedAs is { } old)
        {
            _listed.Remove((old, kind.Id));
        }

        if (key is { } place)
        {
            _listed.Add((place, kind.Id));
        }

        kind.ListedAs = key;
    }
}

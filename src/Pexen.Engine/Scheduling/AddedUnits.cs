namespace Pexen.Scheduling;

/// <summary>
/// Takes units that were added during a run into the waiting room: their resources, lines, classes and places in the ready order. What others did not
/// have to know so far, they may have to now: a resource that only one unit wanted, or a want that stood in nobody's way.
/// </summary>
internal sealed class AddedUnits(
    ScheduleGraph graph,
    StateTable state,
    WaitingRoom room,
    ResourceTree tree,
    UnitPlaces places,
    WaitingClasses classes,
    ReservationRule rule,
    OfferedUnits offered,
    WatchedPlaces watched)
{
    private readonly List<Line> _quiet = [];
    private readonly List<int> _touched = [];
    private int _resourceCount = graph.ResourceCount;
    private int _linesBefore;
    private ReadyOrder? _order;

    /// <summary>Takes in all that the graph has got.</summary>
    /// <param name="keepsLocks">Of a unit that does not run whether nobody else gets what it held.</param>
    public void Enroll(Predicate<int> keepsLocks)
    {
        int first = places.Count;
        _quiet.Clear();
        _touched.Clear();
        _linesBefore = room.Lines.Count;
        AddResources();
        AddWants(first);
        AnnounceTheUnannounced();
        places.Grow();
        Rank(first);
        classes.Assign(first, places.Count);
        foreach (Line line in _quiet)
        {
            foreach (int unit in room.Lines.UnitsOf(line))
            {
                if (unit < first)
                {
                    Wake(unit, line, keepsLocks);
                }
            }
        }
    }

    private void AddResources()
    {
        tree.Grow();
        room.Lines.Grow();
        rule.Grow(graph.ResourceCount);
        watched.Grow(graph.ResourceCount);
        for (; _resourceCount < graph.ResourceCount; _resourceCount++)
        {
            if (graph.ResourceParent[_resourceCount] is >= 0 and int parent)
            {
                Touch(parent);
            }

            tree.Link(_resourceCount);
            room.Lines.Inherit(_resourceCount);
        }
    }

    private void AddWants(int first)
    {
        for (int unit = first; unit < graph.UnitCount; unit++)
        {
            for (int hold = graph.HoldStart[unit]; hold < graph.HoldStart[unit + 1]; hold++)
            {
                Touch(graph.Holds[hold].Resource);
            }

            room.Lines.Add(unit);
        }
    }

    private void Touch(int resource)
    {
        _touched.Add(resource);
        if (room.Lines.QuietOf(resource) is { } line && line.Number < _linesBefore)
        {
            _quiet.Add(line);
        }
    }

    /// <summary>Wants that stood in nobody's way may stand in somebody's now.</summary>
    private void AnnounceTheUnannounced()
    {
        foreach (int resource in _touched)
        {
            Announce(room.Lines.ClaimOf(resource));
            for (Line? line = room.Lines.FirstUseOf(resource); Announce(line); line = line!.Next)
            {
            }
        }
    }

    /// <summary>True when that was news: the uses of a resource have all been announced or none, but for new ones, which come first.</summary>
    private bool Announce(Line? line)
    {
        if (line is null || !room.Lines.DecideDemand(line))
        {
            return false;
        }

        if (line.Number < _linesBefore)
        {
            rule.AnnounceAll(line, room.Lines.UnitsOf(line));
        }

        return true;
    }

    private void Rank(int first)
    {
        _order ??= new ReadyOrder(graph, first);
        for (int unit = first; unit < places.Count; unit++)
        {
            int rank = _order.Take(graph.Priority[unit]);
            if (rank < 0)
            {
                Renumber(_order, unit);
                rank = _order.Take(graph.Priority[unit]);
            }

            places[unit].Rank = rank;
            offered.Place(rank, unit);
        }
    }

    private void Renumber(ReadyOrder order, int unitCount)
    {
        int[] moved = order.Renumber();
        for (int unit = 0; unit < unitCount; unit++)
        {
            places[unit].Rank = moved[places[unit].Rank];
        }

        offered.Renumber(order.RankCount, places, unitCount);
        long Move(long entry) => (long)moved[(int)(entry >> 32)] << 32 | (uint)entry;
        rule.Renumber(Move);
        for (int number = 0; number < room.Lines.Count; number++)
        {
            room.Lines[number].Blocked.Map(Move);
        }

        for (int index = 0; index < classes.Count; index++)
        {
            if (classes[index].Parked >= 0)
            {
                classes[index].ParkedRank = moved[classes[index].ParkedRank];
            }
        }
    }

    /// <summary>What only this unit wanted is wanted by others now, so from now on it stands in that line as well.</summary>
    private void Wake(int unit, Line line, Predicate<int> keepsLocks)
    {
        bool isReady = state[unit] == UnitState.Ready;
        if (isReady)
        {
            room.Leave(unit);
        }

        classes.Assign(unit, unit + 1);
        if (isReady)
        {
            room.Enter(unit);
        }
        else if (state[unit] is UnitState.Running or UnitState.Up || keepsLocks(unit))
        {
            tree.Take(line);
        }
    }
}

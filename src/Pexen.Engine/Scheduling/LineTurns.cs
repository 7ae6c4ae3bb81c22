namespace Pexen.Scheduling;

/// <summary>
/// Who is offered next. Each class offers its first unit, and each line that is woken only its best, who carries the line's <em>baton</em>: when
/// that unit starts or goes to wait elsewhere, the next of its class and of its line is offered.
/// </summary>
internal sealed class LineTurns(
    long[] rank,
    ResourceTree tree,
    WaitingClasses classes,
    ReservationRule rule,
    UnitPlace[] places,
    OfferedUnits offered,
    ParkedClasses parked,
    RefusedTree refused,
    WatchedPlaces watched)
{
    /// <summary>A unit is to be looked at, for itself or as the best of a line.</summary>
    public void Offer(int unit, Line? from)
    {
        places[unit].Where = UnitPlace.Offered;
        places[unit].Source = from;
        offered.Add(unit);
    }

    /// <summary>An offered unit started or went elsewhere: those that hung on it are looked at.</summary>
    public void PassOn(int unit)
    {
        int waitingClass = classes.OfUnit[unit];
        if (waitingClass != 0)
        {
            if (parked[waitingClass].Offer == unit)
            {
                parked[waitingClass].Offer = -1;
            }

            OfferClass(waitingClass, null);
        }

        if (places[unit].Source is { } line)
        {
            places[unit].Source = null;
            if (line.Baton == unit)
            {
                line.Baton = -1;
            }

            Settle(line);
        }
    }

    /// <summary>
    /// Sees to it that the first of a class is offered, unless the class is parked. Whether it can have what it wants is asked when its turn
    /// comes: most of those offered are not looked at before something else has changed. True when one was offered now, in the name of the
    /// line that it came from.
    /// </summary>
    public bool OfferClass(int waitingClass, Line? from)
    {
        int first = parked.FirstOf(waitingClass);
        if (first < 0)
        {
            return false;
        }

        if (parked[waitingClass].Parked is { } line)
        {
            if (rank[first] < parked[waitingClass].ParkedRank)
            {
                parked.Enlist(waitingClass, line);
                Settle(line);
            }

            return false;
        }

        int before = parked[waitingClass].Offer;
        if (before >= 0 && rank[before] < rank[first])
        {
            return false;
        }

        parked.TakeFirst(waitingClass);
        Offer(first, from);
        return true;
    }

    /// <summary>Offers the first in a line who may have a chance now, unless somebody before it is being looked at; else the line goes on watching.</summary>
    public void Settle(Line line)
    {
        while (line.HasWaiters)
        {
            bool blocked = tree.Obstruction(line) >= 0;
            int unit = FindRefusedNoMore(line, blocked);
            int waitingClass = blocked ? -1 : parked.FirstIn(line);
            int first = waitingClass >= 0 && (unit < 0 || rank[parked[waitingClass].Root] < rank[unit]) ? parked[waitingClass].Root : unit;
            if (blocked)
            {
                watched.Watch(line);
            }

            if (first < 0 || line.Baton >= 0 && rank[line.Baton] < rank[first])
            {
                return;
            }

            if (first == unit)
            {
                line.Refused = refused.Remove(line.Refused, unit);
                places[unit].RefusedBy = null;
                line.Baton = unit;
                Offer(unit, line);
                return;
            }

            parked.Unpark(waitingClass, line);
            if (OfferClass(waitingClass, line))
            {
                line.Baton = first;
                return;
            }
        }
    }

    /// <summary>Something was released at a place: the lines that waited for that.</summary>
    public void Wake(int at)
    {
        Line? line = watched.TakeAll(at);
        while (line is not null)
        {
            Line? next = WatchedPlaces.Leave(line);
            Settle(line);
            line = next;
        }
    }

    private int FindRefusedNoMore(Line line, bool blocked)
    {
        if (line.Refused < 0)
        {
            return -1;
        }

        if (!blocked)
        {
            return refused.FindFirst(line.Refused, long.MaxValue);
        }

        int unit = refused.FindFirst(line.Refused, rule.FirstOrder(line.Demand));
        return unit >= 0 && rank[unit] < rule.FirstRank(line.Demand) ? unit : -1;
    }
}

namespace Pexen.Scheduling;

/// <summary>
/// Who is offered next. Each class offers its first unit, and each line that is woken only its best, who carries the line's <em>baton</em>: when
/// that unit starts or goes to wait elsewhere, the next of its class and of its line is offered.
/// </summary>
internal sealed class LineTurns(
    ResourceTree tree,
    LineTable lines,
    WaitingClasses classes,
    ReservationRule rule,
    UnitPlaces places,
    OfferedUnits offered,
    ParkedClasses parked,
    RefusedTree refused,
    WatchedPlaces watched)
{
    /// <summary>
    /// A unit that just became ready is to be looked at. It does not go to its class first: nothing of the class need be touched before the unit's
    /// turn comes, and then its neighbours in rank have been.
    /// </summary>
    public void OfferFresh(int unit) => Offer(unit, UnitPlace.Fresh, -1);

    /// <summary>A unit that was refused is to be looked at. Those behind it know of it.</summary>
    public void OfferAgain(int unit) => Offer(unit, UnitPlace.Offered, -1);

    /// <summary>An offered unit started or went elsewhere: those that hung on it are looked at. Nobody hangs on a fresh one.</summary>
    public void PassOn(int unit)
    {
        // First, as its class may offer the unit itself again, in the name of another line.
        Line? source = places[unit].Source >= 0 ? lines[places[unit].Source] : null;
        places[unit].Source = -1;
        if (source?.Baton == unit)
        {
            source.Baton = -1;
        }

        int waitingClass = classes.ClassOf(places[unit]);
        if (waitingClass != 0)
        {
            if (classes[waitingClass].Offer == unit)
            {
                classes[waitingClass].Offer = -1;
            }

            OfferClass(waitingClass, -1);
        }

        if (source is not null)
        {
            Settle(source);
        }
    }

    /// <summary>
    /// Sees to it that the first of a class is offered, unless the class is parked. Whether it can have what it wants is asked when its turn
    /// comes: most of those offered are not looked at before something else has changed. True when one was offered now, in the name of the
    /// line that it came from.
    /// </summary>
    private bool OfferClass(int waitingClass, int from)
    {
        int first = parked.FirstOf(waitingClass);
        if (first < 0)
        {
            return false;
        }

        int line = classes[waitingClass].Parked;
        if (line >= 0)
        {
            if (places[first].Rank < classes[waitingClass].ParkedRank)
            {
                parked.Enlist(waitingClass, lines[line], first);
                Settle(lines[line]);
            }

            return false;
        }

        int before = classes[waitingClass].Offer;
        if (before >= 0 && places[before].Rank < places[first].Rank)
        {
            return false;
        }

        parked.TakeFirst(waitingClass, first);
        Offer(first, UnitPlace.Offered, from);
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
            int first = waitingClass >= 0 ? parked.FirstOf(waitingClass) : -1;
            first = first >= 0 && (unit < 0 || places[first].Rank < places[unit].Rank) ? first : unit;
            if (blocked)
            {
                watched.Watch(line);
            }

            if (first < 0 || line.Baton >= 0 && places[line.Baton].Rank < places[first].Rank)
            {
                return;
            }

            if (first == unit)
            {
                line.Refused = refused.Remove(line.Refused, unit);
                line.Baton = unit;
                Offer(unit, UnitPlace.Offered, line.Number);
                return;
            }

            parked.Unpark(waitingClass, line);
            if (OfferClass(waitingClass, line.Number))
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

    private void Offer(int unit, int how, int from)
    {
        ref UnitPlace place = ref places[unit];
        place.Where = how;
        place.Source = from;
        offered.Add(place.Rank);
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
        return unit >= 0 && places[unit].Rank < rule.FirstRank(line.Demand) ? unit : -1;
    }
}

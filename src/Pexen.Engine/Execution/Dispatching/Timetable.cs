using Pexen.Model;

namespace Pexen.Execution.Dispatching;

/// <summary>When something is due of the units that run or rest.</summary>
internal sealed class Timetable(RunClock clock, IReadOnlyList<UnitRun> units)
{
    /// <summary>Below this the stale ones cost less than looking for them.</summary>
    private const int PruneAbove = 4096;

    private readonly Deadlines _deadlines = new();
    private int _pruneAt = PruneAbove;

    /// <summary>An attempt of the unit starts.</summary>
    public void Start(UnitRun unit)
    {
        Timing timing = unit.Definition.Timing;
        unit.Generation++;
        long now = unit.AttemptStarted!.Value;
        Add(unit, DeadlineKind.Timeout, now, unit.Definition.Timeout);
        Add(unit, DeadlineKind.IdleTimeout, now, timing.IdleTimeout);
        Add(unit, DeadlineKind.Slow, now, timing.SlowAfter);
        if (timing.TotalTimeout is TimeSpan total)
        {
            Add(unit, DeadlineKind.TotalTimeout, now - unit.Spent, total);
        }
    }

    /// <summary>The unit is at nothing that has a time.</summary>
    public static void End(UnitRun unit) => unit.Generation++;

    /// <summary>The unit rests from now on; nothing else is due of it.</summary>
    public void Rest(UnitRun unit, TimeSpan time)
    {
        unit.Generation++;
        Add(unit, DeadlineKind.Return, clock.Nanoseconds(), time);
    }

    /// <summary>Adds the next of a kind that comes again.</summary>
    public void Again(UnitRun unit, DeadlineKind kind, long from, TimeSpan? after) => Add(unit, kind, from, after);

    /// <summary>When the next is due, or null.</summary>
    public long? Next()
    {
        while (_deadlines.TryPeek(out Deadlines.Entry entry))
        {
            if (Counts(entry))
            {
                return entry.Due;
            }

            _deadlines.Drop();
        }

        return null;
    }

    /// <summary>Takes one that is due, the earliest first.</summary>
    public bool TryTake(long now, out UnitRun unit, out DeadlineKind kind)
    {
        while (_deadlines.TryPeek(out Deadlines.Entry entry) && entry.Due <= now)
        {
            _deadlines.Drop();
            if (Counts(entry))
            {
                unit = units[entry.Unit];
                kind = entry.Kind;
                return true;
            }
        }

        unit = null!;
        kind = default;
        return false;
    }

    private void Add(UnitRun unit, DeadlineKind kind, long from, TimeSpan? after)
    {
        if (after is not TimeSpan time)
        {
            return;
        }

        if (_deadlines.Count >= _pruneAt)
        {
            _deadlines.Prune(Counts);
            _pruneAt = Math.Max(PruneAbove, _deadlines.Count * 2);
        }

        _deadlines.Add(unit.Unit.Index, kind, unit.Generation, from + RunClock.Nanoseconds(time));
    }

    /// <summary>Of an attempt that is being stopped nothing is due any more.</summary>
    private bool Counts(Deadlines.Entry entry)
    {
        UnitRun unit = units[entry.Unit];
        return unit.Generation == entry.Generation && unit.Stopping == StopReason.None;
    }
}

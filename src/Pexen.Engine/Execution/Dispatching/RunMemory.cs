namespace Pexen.Execution.Dispatching;

/// <summary>Memory of all units together: who gives way when it is too much, and how many may run beside each other afterwards (rule 37).</summary>
/// <param name="limit">In bytes.</param>
/// <param name="name">What the limit is called where it can be changed.</param>
internal sealed class RunMemory(long limit, string name)
{
    /// <summary>The third time is the last.</summary>
    private const int MostPreemptions = 2;

    /// <summary>Those that gave way and are not over.</summary>
    private readonly List<IMeasuredUnit> _postponed = [];

    private IMeasuredUnit? _leaving;

    /// <summary>In bytes.</summary>
    public long Limit => limit;

    /// <summary>Nothing starts while somebody gives way, nor more than could run without him; but always one.</summary>
    public bool MayStart(int running)
    {
        if (_leaving is not null)
        {
            return false;
        }

        foreach (IMeasuredUnit unit in _postponed)
        {
            if (running >= unit.Width)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a running unit is one of those of which so many may be there. A service is not: others wait for it, and it for them.</summary>
    public static bool Counts(IMeasuredUnit unit) => unit.Definition.Service is null;

    public bool IsAbove(ReadOnlySpan<long> bytes) => Sum(bytes) > limit;

    /// <summary>
    /// Stops one if together they have too much. Whoever is being stopped already is waited for: perhaps that is enough. Services are there for the others,
    /// so a unit is alone with its services.
    /// </summary>
    public void Judge(IReadOnlyList<IMeasuredUnit> running, ReadOnlySpan<long> bytes, long now, Action<int, StopReason> stop)
    {
        if (!IsAbove(bytes) || running.Any(unit => unit.Stopping != StopReason.None))
        {
            return;
        }

        int count = running.Count(Counts);
        int place = count == 1 ? IndexOfTheOne(running) : Choose(running, bytes, now);
        if (place < 0)
        {
            return;
        }

        IMeasuredUnit unit = running[place];
        unit.MemoryStop = new MemoryStop(bytes[place], Sum(bytes), limit, name, count - 1);
        _leaving = unit;
        stop(unit.Index, ReasonFor(unit, count == 1));
    }

    /// <summary>Why a unit was stopped that the system ended because all together had too much. Others that it ended at the same moment may have been told of before.</summary>
    /// <param name="unit">Which.</param>
    /// <param name="bytes">What it had.</param>
    /// <param name="ofAll">What all had.</param>
    /// <param name="count">How many of those that count are known to run, this one included.</param>
    public StopReason Explain(IMeasuredUnit unit, long bytes, long ofAll, int count)
    {
        unit.MemoryStop = new MemoryStop(bytes, ofAll, limit, name, Math.Max(1, count - 1));
        return ReasonFor(unit, count == 1 && bytes > limit);
    }

    private static StopReason ReasonFor(IMeasuredUnit unit, bool alone) =>
        alone ? StopReason.RunMemory
            : unit.Preemptions == MostPreemptions ? StopReason.PreemptedTooOften
            : StopReason.Preempted;

    /// <summary>Its attempt ended, whatever became of it.</summary>
    public void End(IMeasuredUnit unit) => _leaving = _leaving == unit ? null : _leaving;

    /// <summary>It is queued again.</summary>
    public void Postpone(IMeasuredUnit unit)
    {
        _postponed.Remove(unit);
        _postponed.Add(unit);
    }

    /// <summary>It has ended for good.</summary>
    public void Over(IMeasuredUnit unit) => _postponed.Remove(unit);

    /// <summary>
    /// Of those that gave way least often the one with the most memory for the time that it has run: much is freed, and little work is lost; of
    /// equals the later one.
    /// </summary>
    private static int Choose(IReadOnlyList<IMeasuredUnit> running, ReadOnlySpan<long> bytes, long now)
    {
        int best = -1;
        double bestScore = 0;
        for (int place = 0; place < running.Count; place++)
        {
            IMeasuredUnit unit = running[place];
            if (IsSpared(unit))
            {
                continue;
            }

            double seconds = (now - unit.AttemptStarted!.Value) / 1e9;
            double score = bytes[place] / (1 + seconds);
            bool fewer = best >= 0 && unit.Preemptions < running[best].Preemptions;
            bool more = best >= 0 && unit.Preemptions > running[best].Preemptions;
            if (best < 0 || fewer || (!more && score >= bestScore))
            {
                (best, bestScore) = (place, score);
            }
        }

        return best;
    }

    /// <summary>Those that others stand on, or that said so.</summary>
    public static bool IsSpared(IMeasuredUnit unit) =>
        !unit.Definition.Limits.Preemptible || unit.Definition.Service is not null || !unit.Definition.Finalizes.IsEmpty;

    private static int IndexOfTheOne(IReadOnlyList<IMeasuredUnit> running)
    {
        int place = 0;
        while (!Counts(running[place]))
        {
            place++;
        }

        return place;
    }

    private static long Sum(ReadOnlySpan<long> bytes)
    {
        long sum = 0;
        foreach (long one in bytes)
        {
            sum += one;
        }

        return sum;
    }
}

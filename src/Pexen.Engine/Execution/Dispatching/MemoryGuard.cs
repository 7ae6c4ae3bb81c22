namespace Pexen.Execution.Dispatching;

/// <summary>Looks how much memory running units have, where it is limited, and has those stopped that have too much.</summary>
/// <param name="executor">Knows their processes.</param>
/// <param name="kind">What counts.</param>
/// <param name="run">Of all units together; null where that is not limited.</param>
/// <param name="clock">Says when to look next.</param>
/// <param name="gate">Held while <paramref name="run"/> is used.</param>
internal sealed class MemoryGuard(IExecutor executor, MemoryKind kind, RunMemory? run, RunClock clock, Lock gate)
{
    /// <summary>Between two looks, if one of them does not take longer than a twentieth of that.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private const int PauseForCost = 19;

    /// <summary>A unit that is being stopped and takes so much more still is given no time.</summary>
    private const double Runaway = 1.25;

    private readonly List<IMeasuredUnit> _watched = [];
    private long _next;

    /// <summary>Of all units together; null where that is not limited.</summary>
    public RunMemory? Run => run;

    /// <summary>Whether anything may start, as far as memory goes.</summary>
    public bool MayStart => Run is null || Run.MayStart(_watched.Count(RunMemory.Counts));

    /// <summary>When to look next, or null where nothing is limited.</summary>
    public long? Next => _watched.Count == 0 ? null : _next;

    /// <summary>
    /// What the system is to bound, where it can: what we would give no time for any more. It counts what the whole tree has, so for other kinds there is nothing.
    /// Those that never give way are not to be ended for the sake of all, nor processes that may outlive their unit for that.
    /// </summary>
    public MemoryCaps? CapsOf(IMeasuredUnit unit)
    {
        if (kind != MemoryKind.Tree || !unit.Definition.AllowSurvivors.IsEmpty)
        {
            return null;
        }

        long? own = unit.Definition.Limits.Memory is long limit ? Cap(limit) : null;
        long? ofAll = Run is not null && !RunMemory.IsSpared(unit) ? Cap(Run.Limit) : null;
        return own is null && ofAll is null ? null : new MemoryCaps(own, ofAll);
    }

    /// <summary>Why an attempt was stopped that the system ended at one of its caps. To be called before its end is noted here.</summary>
    public StopReason Explain(IMeasuredUnit unit, BrokenCap broken)
    {
        if (!broken.OfAll)
        {
            unit.MemoryStop = AtOwnLimit(broken.Bytes, unit.Definition.Limits.Memory!.Value);
            return StopReason.Memory;
        }

        lock (gate)
        {
            return Run!.Explain(unit, broken.Bytes, Cap(Run.Limit), _watched.Count(RunMemory.Counts));
        }
    }

    private static MemoryStop AtOwnLimit(long bytes, long limit) => new(bytes, 0, limit, "MemoryLimit");

    private static long Cap(long limit) => (long)Math.Min(limit * Runaway, long.MaxValue);

    public void Start(IMeasuredUnit unit, long now)
    {
        if (unit.Definition.Limits.Memory is null && Run is null)
        {
            return;
        }

        _next = _watched.Count == 0 ? now + RunClock.Nanoseconds(Interval) : _next;
        _watched.Add(unit);
    }

    public void End(IMeasuredUnit unit)
    {
        _watched.Remove(unit);
        lock (gate)
        {
            Run?.End(unit);
        }
    }

    /// <param name="stop">Stops a unit politely.</param>
    public void Look(Action<int, StopReason> stop)
    {
        long before = clock.Nanoseconds();
        int[] units = new int[_watched.Count];
        long[] limits = new long[_watched.Count];
        for (int i = 0; i < units.Length; i++)
        {
            units[i] = _watched[i].Index;
            limits[i] = _watched[i].Definition.Limits.Memory ?? long.MaxValue;
        }

        long[] bytes = executor.MeasureMemory(units, limits, kind);
        for (int i = 0; i < units.Length; i++)
        {
            Judge(_watched[i], bytes[i], limits[i], stop);
        }

        if (Run?.IsAbove(bytes) == true)
        {
            long[] exactly = executor.MeasureMemory(units, new long[units.Length], kind);
            lock (gate)
            {
                Run.Judge(_watched, exactly, before, stop);
            }
        }

        long after = clock.Nanoseconds();
        _next = after + Math.Max(RunClock.Nanoseconds(Interval), (after - before) * PauseForCost);
    }

    private void Judge(IMeasuredUnit unit, long bytes, long limit, Action<int, StopReason> stop)
    {
        if (bytes > limit && unit.Stopping == StopReason.None)
        {
            unit.MemoryStop = AtOwnLimit(bytes, limit);
            stop(unit.Index, StopReason.Memory);
        }
        else if (unit.MemoryStop is MemoryStop stopped && bytes > stopped.Unit * Runaway)
        {
            executor.Stop(unit.Index, TimeSpan.Zero);
        }
    }
}

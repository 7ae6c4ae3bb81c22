namespace Pexen.Execution;

/// <summary>
/// Runs processes for the dispatcher and tells what became of them. All members are called from the dispatcher's thread,
/// except <see cref="Wake"/>, which may come from any thread or signal handler.
/// </summary>
internal interface IExecutor : IDisposable
{
    /// <summary>Begins an attempt. That it could not start is told by an <see cref="AttemptEnd"/>, never by an exception.</summary>
    void Start(Launch launch);

    /// <summary>Ends a running attempt: polite stop of the whole tree, grace period, kill, until nothing of it is left. Idempotent; a shorter grace wins.</summary>
    void Stop(int unit, TimeSpan grace);

    /// <summary>
    /// Moves bytes, reaps, kills, and returns as soon as an attempt has ended, somebody called <see cref="Wake"/>, or <paramref name="limit"/> has passed
    /// (null: no limit). Null when it was not an end.
    /// </summary>
    AttemptEnd? Wait(TimeSpan? limit);

    /// <summary>What a running attempt does just now; null of one that does not run any more.</summary>
    AttemptActivity? ActivityOf(int unit, bool withProcesses);

    /// <summary>How much memory running attempts have just now. Looks at all processes there are, so it is asked for all units at once.</summary>
    /// <param name="units">Their indexes in the plan.</param>
    /// <param name="exactlyAbove">For each: below so many bytes more than it has will do.</param>
    /// <param name="kind">What counts.</param>
    /// <returns>Bytes for each; 0 for those that do not run any more.</returns>
    long[] MeasureMemory(ReadOnlySpan<int> units, ReadOnlySpan<long> exactlyAbove, MemoryKind kind);

    /// <summary>Lets a running or the next <see cref="Wait"/> return.</summary>
    void Wake();

    /// <summary>Ends whatever the run may still have left behind, without grace; names of what it had to kill.</summary>
    IReadOnlyList<string> Sweep();
}

namespace Pexen.Execution;

/// <summary>For runs of milestones only, inside the build's own process: it starts nothing.</summary>
internal sealed class NullExecutor : IExecutor
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly ManualResetEventSlim _woken = new();

    public void Start(Launch launch) => throw new InvalidOperationException($"unit '{launch.Name}' needs a supervisor");

    public void Stop(int unit, TimeSpan grace)
    {
    }

    /// <summary>There is something to wait for when another run holds a resource.</summary>
    public AttemptEnd? Wait(TimeSpan? limit)
    {
        _woken.Wait(limit is TimeSpan time && time < Longest ? time : Longest);
        _woken.Reset();
        return null;
    }

    public AttemptActivity? ActivityOf(int unit, bool withProcesses) => null;

    public long[] MeasureMemory(ReadOnlySpan<int> units, ReadOnlySpan<long> exactlyAbove, MemoryKind kind) => new long[units.Length];

    public void Wake() => _woken.Set();

    public IReadOnlyList<string> Sweep() => [];

    public void Dispose() => _woken.Dispose();
}

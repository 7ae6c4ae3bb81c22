using System.Diagnostics;
using Pexen.Execution;

namespace Pexen.Benchmarks.Stopping;

/// <summary>Another executor, and when it told of each unit's end: by then nothing of it is alive.</summary>
internal sealed class StampedExecutor(IExecutor executor, int units) : IExecutor
{
    /// <summary>Timestamps, by unit.</summary>
    public long[] Ends { get; } = new long[units];

    public void Start(Launch launch) => executor.Start(launch);

    public void Stop(int unit, TimeSpan grace) => executor.Stop(unit, grace);

    public AttemptEnd? Wait(TimeSpan? limit)
    {
        AttemptEnd? end = executor.Wait(limit);
        if (end is not null)
        {
            Ends[end.Unit] = Stopwatch.GetTimestamp();
        }

        return end;
    }

    public AttemptActivity? ActivityOf(int unit, bool withProcesses) => executor.ActivityOf(unit, withProcesses);

    public void Wake() => executor.Wake();

    public IReadOnlyList<string> Sweep() => executor.Sweep();

    public void Dispose() => executor.Dispose();
}

using System.Diagnostics;
using System.Runtime.Versioning;
using Pexen.Execution;
using Pexen.Execution.Local;

namespace Pexen.Benchmarks.Stopping;

/// <summary>The executor, and when it had sent each unit's signals, reaped all of it, and told of its end. Timestamps, by unit.</summary>
[SupportedOSPlatform("linux")]
internal sealed class StampedExecutor : IExecutor
{
    private readonly LinuxExecutor _executor = new();

    public StampedExecutor(int units)
    {
        Asked = new long[units];
        Killed = new long[units];
        Reaped = new long[units];
        Ends = new long[units];
        const int Terminate = 15;
        _executor.Stamp = (unit, signal) => (signal switch { 0 => Reaped, Terminate => Asked, _ => Killed })[unit] = Stopwatch.GetTimestamp();
    }

    public long[] Asked { get; }

    public long[] Killed { get; }

    public long[] Reaped { get; }

    public long[] Ends { get; }

    public void Start(Launch launch) => _executor.Start(launch);

    public void Stop(int unit, TimeSpan grace) => _executor.Stop(unit, grace);

    public AttemptEnd? Wait(TimeSpan? limit)
    {
        AttemptEnd? end = _executor.Wait(limit);
        if (end is not null)
        {
            Ends[end.Unit] = Stopwatch.GetTimestamp();
        }

        return end;
    }

    public AttemptActivity? ActivityOf(int unit, bool withProcesses) => _executor.ActivityOf(unit, withProcesses);

    public long[] MeasureMemory(ReadOnlySpan<int> units, ReadOnlySpan<long> exactlyAbove, MemoryKind kind) => _executor.MeasureMemory(units, exactlyAbove, kind);

    public void Wake() => _executor.Wake();

    public IReadOnlyList<string> Sweep() => _executor.Sweep();

    public void Dispose() => _executor.Dispose();
}

using Pexen.Execution;

namespace Pexen.Engine.Tests.Dispatching;

/// <summary>Has one unit that does not end, with more memory at each look.</summary>
internal sealed class StubbornExecutor(params long[] memory) : IExecutor
{
    private int _looks;

    public List<TimeSpan> Stopped { get; } = [];

    public long[] MeasureMemory(ReadOnlySpan<int> units, ReadOnlySpan<long> exactlyAbove, MemoryKind kind) => [memory[_looks++]];

    public void Stop(int unit, TimeSpan grace) => Stopped.Add(grace);

    public void Start(Launch launch) => throw new NotSupportedException();

    public AttemptEnd? Wait(TimeSpan? limit) => throw new NotSupportedException();

    public AttemptActivity? ActivityOf(int unit, bool withProcesses) => null;

    public void Wake()
    {
    }

    public IReadOnlyList<string> Sweep() => [];

    public void Dispose()
    {
    }
}

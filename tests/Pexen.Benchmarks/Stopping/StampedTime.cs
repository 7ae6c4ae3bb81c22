namespace Pexen.Benchmarks.Stopping;

/// <summary>The system's time, and where a run's own clock began: at the first time that it was asked for.</summary>
internal sealed class StampedTime : TimeProvider
{
    private long? _first;

    public long First => _first ?? throw new InvalidOperationException("nobody has asked for the time");

    public override long GetTimestamp()
    {
        long now = base.GetTimestamp();
        _first ??= now;
        return now;
    }
}

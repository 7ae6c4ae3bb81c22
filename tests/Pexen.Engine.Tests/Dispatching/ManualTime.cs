namespace Pexen.Engine.Tests.Dispatching;

/// <summary>A clock that moves when told.</summary>
internal sealed class ManualTime : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 10, 15, 0, TimeSpan.Zero);

    private TimeSpan _elapsed;
    private TimeSpan _shift;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _elapsed.Ticks;

    public override DateTimeOffset GetUtcNow() => Start + _elapsed + _shift;

    /// <summary>Somebody sets the clock of the machine; what has elapsed is not changed by that.</summary>
    public void SetClock(TimeSpan by) => _shift += by;

    public void Advance(TimeSpan time) => _elapsed += time;
}

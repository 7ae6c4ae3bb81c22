using Pexen.Scheduling;

namespace Pexen.Execution.Dispatching;

/// <summary>What units hold, towards other runs on this machine.</summary>
internal interface ISharedHolds : IDisposable
{
    /// <summary>All or nothing; false when another run is in the way.</summary>
    bool TryTake(int unit, ReadOnlySpan<ScheduleHold> holds);

    void Release(int unit);
}

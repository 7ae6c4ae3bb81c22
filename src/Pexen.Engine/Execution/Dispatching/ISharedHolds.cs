using Pexen.Scheduling;

namespace Pexen.Execution.Dispatching;

/// <summary>What units hold, towards other runs on this machine.</summary>
internal interface ISharedHolds : IDisposable
{
    /// <summary>All or nothing; false when another run is in the way, and then nothing is taken.</summary>
    bool TryTake(string unit, ScheduleGraph graph, ReadOnlySpan<ScheduleHold> holds, Action<Diagnostic> complain);

    void Release(string unit);
}

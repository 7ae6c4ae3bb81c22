using System.Collections.Immutable;

namespace Pexen.Scheduling;

internal sealed class UnitScheduler
{
    public UnitScheduler(ScheduleGraph graph, ScheduleOptions options) => throw new NotImplementedException();

    public bool IsFinished => throw new NotImplementedException();

    public bool IsStopped => throw new NotImplementedException();

    public int FreeSlots => throw new NotImplementedException();

    public int Count(UnitState state) => throw new NotImplementedException();

    public UnitState StateOf(int unit) => throw new NotImplementedException();

    public SkipCause CauseOf(int unit) => throw new NotImplementedException();

    public bool TryReadEvent(out SchedulerEvent happened) => throw new NotImplementedException();

    public bool TryTakeNext(out Grant grant) => throw new NotImplementedException();

    public void Complete(int unit, Completion completion) => throw new NotImplementedException();

    public void GiveBack(int unit) => throw new NotImplementedException();

    public void Retry(int unit) => throw new NotImplementedException();

    public void StopStarting(SkipReason reason) => throw new NotImplementedException();

    public void Cancel() => throw new NotImplementedException();

    public ImmutableArray<int> SlotsOf(int unit) => throw new NotImplementedException();

    public ReadOnlySpan<ScheduleHold> HoldsOf(int unit) => throw new NotImplementedException();

    public bool HoldsUntilTheEnd(int unit) => throw new NotImplementedException();

    public ImmutableArray<Obstacle> ObstaclesOf(int unit) => throw new NotImplementedException();
}

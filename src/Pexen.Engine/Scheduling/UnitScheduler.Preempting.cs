namespace Pexen.Scheduling;

/// <summary>Units that give way to others (rule 37).</summary>
internal sealed partial class UnitScheduler
{
    /// <summary>
    /// A running unit was stopped so that others can go on: it gives everything back and is ready again, at the place and with the age that it had. Where nothing starts any
    /// more it is skipped or cancelled instead.
    /// </summary>
    public void Preempt(int unit)
    {
        _lifetimes?.Finalizers.NoteAttempt(unit);
        GiveBack(unit);
        if (_state[unit] == UnitState.Outside)
        {
            Retry(unit);
            _events.Enqueue(new SchedulerEvent(unit, UnitState.Ready));
        }
    }
}

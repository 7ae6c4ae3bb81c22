using Pexen.Scheduling;

namespace Pexen.Execution.Dispatching;

/// <summary>Units that give way to others, for together they had too much memory (rule 37).</summary>
internal sealed partial class Dispatcher
{
    /// <summary>The system may have ended it for its memory before we saw that it had too much: that is then why it was stopped.</summary>
    private AttemptEnd ExplainEnd(UnitRun unit, AttemptEnd end)
    {
        if (end.BrokenCap is not BrokenCap broken || end.Stopped)
        {
            return end;
        }

        unit.Stopping = _memory.Explain(unit, broken);
        return end with { Stopped = true };
    }

    /// <summary>An attempt was stopped for the others' sake: that is no retry. It gives everything back and is queued again.</summary>
    private void Preempt(UnitRun unit, AttemptEnd end, Verdict verdict)
    {
        int index = unit.Unit.Index;
        ScheduleHold[] holds = [.. _scheduler.HoldsOf(index)];
        _journal.End(unit, holds, held: false);
        if (holds.Length > 0)
        {
            _holds.Release(unit);
        }

        _report.Tell(unit, end, verdict);
        MemoryStop seen = unit.MemoryStop!;
        unit.Preempt(_report.RecordAttempt(unit));
        if (!_scheduler.IsStopped)
        {
            _memory.Run!.Postpone(unit);
            _journal.Preempt(unit, seen);
        }

        _scheduler.Preempt(index);
        ReadEvents();
    }
}

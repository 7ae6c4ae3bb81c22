using Pexen.Execution.Dispatching;

namespace Pexen.Library;

/// <summary>Memory of processes and methods: of each, and of all together (rule 37). All of it under the lock.</summary>
internal sealed partial class UnitsRun
{
    private readonly RunMemory? _memoryOfAll;

    /// <summary>Whether anything may start, as far as memory goes.</summary>
    private bool MemoryAllows => _memoryOfAll is null || _memoryOfAll.MayStart(_processes.Count);

    /// <summary>A process is to start: whether, and as whom, its memory is looked at.</summary>
    private MeasuredUnit? Measure(UnitAttempt attempt)
    {
        if (_memoryOfAll is null && attempt.Definition.Limits.Memory is null)
        {
            return null;
        }

        UnitHistory history = NeedHistory(attempt.Index);
        if (history.Measured is null)
        {
            history.Measured = new MeasuredUnit(attempt);
        }
        else
        {
            history.Measured.Begin(attempt);
        }

        return history.Measured;
    }

    /// <summary>On the thread of the lane: it has more memory than it may, or has to give way.</summary>
    private void StopForMemory(UnitAttempt attempt, StopReason reason)
    {
        lock (_gate)
        {
            AskToEnd(attempt, reason);
        }

        _lane!.Stop(attempt);
    }

    private MemoryStop? SeenOf(int unit) => HistoryOf(unit)?.Measured?.MemoryStop;

    /// <summary>An attempt was stopped for the others' sake: that is no retry. It gives everything back and is queued again.</summary>
    private void Preempt(UnitAttempt attempt, in Judgement judgement, in UnitEnd end)
    {
        int unit = attempt.Index;
        Retire(attempt);
        UnitHistory history = NoteAttempt(attempt, judgement, end);
        MeasuredUnit measured = history.Measured!;
        _notes.Add(Diagnostics.UnitPreempted(attempt.Definition, measured.MemoryStop!));
        measured.Preempt();
        _instances?.Release(unit);
        if (!_scheduler.IsStopped)
        {
            _memoryOfAll!.Postpone(measured);
        }

        _scheduler.Preempt(unit);
        ReadEvents();
    }

    /// <summary>A unit has ended for good.</summary>
    private void NoteMemoryEnd(int unit)
    {
        if (_memoryOfAll is not null && HistoryOf(unit)?.Measured is MeasuredUnit measured)
        {
            _memoryOfAll.Over(measured);
        }
    }
}

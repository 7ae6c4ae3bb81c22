using Pexen.Model;
using Pexen.Scheduling;

namespace Pexen.Library;

/// <summary>Starts and ends of attempts. All of it under the lock.</summary>
internal sealed partial class UnitsRun
{
    private UnitAttempt Start(Grant grant)
    {
        int index = grant.Unit;
        PlannedUnit planned = _planned[index];
        if (!planned.Definition.Finalizes.IsEmpty)
        {
            PrepareFinalizer(planned);
        }

        var attempt = new UnitAttempt(this, _units[index], planned.Definition, index, grant.FirstSlot, planned.Definition.Slots)
        {
            Started = Elapsed(),
            Place = _active.Count,
            Instances = _instances is null ? UnitAttempt.NoInstances : HandOut(index),
            History = HistoryOf(index),
        };
        if (_valuesPassed)
        {
            Inherit(attempt, planned);
        }

        _active.Add(attempt);
        if (attempt.History is not null)
        {
            attempt.History.KeepsLocks = false;
        }

        SetAlarms(attempt);
        NoteGroupStart(attempt);
        if (!planned.Definition.Finalizes.IsEmpty)
        {
            attempt.PrepareToken();
        }

        return attempt;
    }

    /// <summary>Under the lock: the one place where a unit that was started ends.</summary>
    private void EndAs(UnitAttempt attempt, in Judgement judgement, in UnitEnd end)
    {
        Retire(attempt);
        if (judgement.Completion.Provided)
        {
            PassOn(attempt, end.Written);
        }
        else
        {
            LeaveBehind(attempt, end.Written);
        }

        _scheduler.Complete(attempt.Index, judgement.Completion);
        if (_scheduler.HoldsUntilTheEnd(attempt.Index))
        {
            NoteHeld(attempt.Index, judgement.Outcome);
        }
        else
        {
            _instances?.Release(attempt.Index);
        }

        NoteMemoryEnd(attempt.Index);
        Publish(attempt.Index, Result(attempt, judgement, end));
        ReadEvents();
    }

    private void Retire(UnitAttempt attempt)
    {
        attempt.IsOver = true;
        UnitAttempt last = _active[^1];
        _active[attempt.Place] = last;
        last.Place = attempt.Place;
        _active.RemoveAt(_active.Count - 1);
    }
}

using Pexen.Execution.Dispatching;
using Pexen.Model;

namespace Pexen.Library;

/// <summary>Finalizers: what runs after everything else, also after the end of a run (rules 24, 25). All of it under the lock, and nothing of it in a run without them.</summary>
internal sealed partial class UnitsRun
{
    private bool _finalizersAreTimed;

    /// <summary>Units that the end of a run leaves alone.</summary>
    private bool OutlivesTheRun(UnitAttempt attempt) => _scheduler.IsFinalizer(attempt.Index);

    /// <summary>A finalizer may take instances that those keep which it cleans up after; and it does not end with the run, so its token is its own.</summary>
    private void PrepareFinalizer(PlannedUnit unit)
    {
        foreach (Dependency dependency in unit.Dependencies)
        {
            if (_scheduler.HoldsUntilTheEnd(dependency.Unit))
            {
                _instances?.Release(dependency.Unit);
            }
        }
    }

    /// <summary>A finalizer cleaned up what a crashed unit kept.</summary>
    private void Freed(int unit)
    {
        _holdingToTheEnd.Remove(unit);
        _instances?.Release(unit);
        if (_heldNotes.Remove(unit, out Diagnostic? note))
        {
            _notes.Remove(note);
        }
    }

    private UnitResult NotNeeded(int unit) => new(NameOf(unit), Outcome.NotNeeded) { Reason = "notNeeded", AddedBy = _planned[unit].AddedBy };

    /// <summary>After the end of a run finalizers have a time of their own, from when all else has ended.</summary>
    private void TimeFinalizers()
    {
        if (_stopping == StopReason.None || _finalizersAreTimed || !_graph.HasLifetimes || _scheduler.IsFinished || !_active.TrueForAll(OutlivesTheRun))
        {
            return;
        }

        _finalizersAreTimed = true;
        if (_options.FinalizerTimeout is { Ticks: > 0 } timeout)
        {
            _alarms.Add(new Alarm(AlarmKind.Finalizers), Elapsed() + timeout);
        }
    }

    /// <summary>Even these have no time left.</summary>
    private void EndFinalizers(List<UnitAttempt> asked)
    {
        UnitAttempt[] running = [.. _active.Where(attempt => attempt.Stopping == StopReason.None)];
        foreach (UnitAttempt attempt in running)
        {
            AskToEnd(attempt, StopReason.RunTimeout);
            asked.Add(attempt);
        }

        int before = _outcomes[(int)Outcome.Cancelled];
        _scheduler.CancelFinalizers();
        ReadEvents();
        _notes.Add(Diagnostics.LibraryFinalizersEnded(_options.FinalizerTimeout!.Value, running.Length, _outcomes[(int)Outcome.Cancelled] - before));
    }
}

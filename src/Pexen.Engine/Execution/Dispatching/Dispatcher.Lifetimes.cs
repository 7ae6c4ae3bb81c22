using Pexen.Scheduling;

namespace Pexen.Execution.Dispatching;

/// <summary>Services that become ready and are stopped; finalizers after everything else (rules 24 to 26).</summary>
internal sealed partial class Dispatcher
{
    private Services? _services;
    private int _cancels;
    private long? _finalizersDue;
    private bool _finalizersEnded;
    private bool _stoodStill;

    /// <summary>The same again: finalizers that still run are ended as well. From any thread.</summary>
    /// <param name="why">Completes "the run was ended by …".</param>
    public void CancelAgain(string why)
    {
        Interlocked.Increment(ref _cancels);
        Cancel(why);
    }

    /// <summary>Units that the end of a run leaves alone: finalizers, and services, which end when nobody needs them any more.</summary>
    private bool OutlivesTheRun(int unit) => _units[unit].Definition.Service is not null || _scheduler.IsFinalizer(unit);

    private void Probe(UnitRun unit, long now)
    {
        if (_services!.Ask(unit, now))
        {
            BeUp(unit);
        }
    }

    private void ProbeEnded(AttemptEnd end)
    {
        if (_services is not null && _services.ProbeEnded(end, out int unit))
        {
            BeUp(_units[unit]);
        }
    }

    /// <summary>What it wrote so far passes to those who need it (rule 25); of its times nothing counts any more.</summary>
    private void BeUp(UnitRun unit)
    {
        if (unit.Stopping != StopReason.None || unit.ReadyAt is not null)
        {
            return;
        }

        int index = unit.Unit.Index;
        unit.ReadyAt = _clock.Nanoseconds();
        _services!.End(index);
        Timetable.End(unit);
        _report.ReadAtReadiness(unit);
        _scheduler.BecomeReady(index);
        _journal.ServiceReady(unit);
        ReadEvents();
    }

    /// <summary>The scheduler wants a unit stopped.</summary>
    private void StopOnDemand(UnitRun unit, SchedulerEvent demand)
    {
        int index = unit.Unit.Index;
        if (demand.Stop == StopDemand.NotNeeded)
        {
            Stop(index, StopReason.NotNeeded);
            return;
        }

        if (unit.Outcome is null && unit.Stopping == StopReason.None)
        {
            unit.DeadService = _units[demand.Cause];
            unit.CausedBy = unit.DeadService.Definition.Name;
            Stop(index, StopReason.ServiceDied);
        }
    }

    private void NotNeeded(UnitRun unit)
    {
        unit.Outcome = Outcome.NotNeeded;
        unit.Reason = "notNeeded";
        _journal.Skip(unit);
        EndRest(unit);
        _groups?.Ended(unit);
    }

    /// <summary>A finalizer cleaned up what a crashed unit kept.</summary>
    private void Freed(UnitRun unit)
    {
        _report.Released(unit);
        _journal.Release(unit.Unit, _scheduler.HoldsOf(unit.Unit.Index));
        _holds.Release(unit);
    }

    /// <summary>Towards other builds, too, and of instances, a finalizer may take what those keep that it cleans up after.</summary>
    private void TakeOverHolds(UnitRun finalizer)
    {
        if (finalizer.Definition.Finalizes.IsEmpty)
        {
            return;
        }

        foreach (Model.Dependency dependency in finalizer.Unit.Dependencies)
        {
            if (_scheduler.HoldsUntilTheEnd(dependency.Unit))
            {
                _holds.Release(_units[dependency.Unit]);
            }
        }
    }

    /// <summary>After the end of a run its finalizers have a time of their own, from when all else has ended; a second Ctrl-C ends that.</summary>
    private void EndFinalizersWhenDue()
    {
        if (_ending is null || _finalizersEnded || (!_graph.HasLifetimes && _groups is null))
        {
            return;
        }

        if (_finalizersDue is null && _request.FinalizerTimeout is TimeSpan timeout && _running.All(OutlivesTheRun))
        {
            _finalizersDue = _clock.Nanoseconds() + RunClock.Nanoseconds(timeout);
        }

        bool again = Volatile.Read(ref _cancels) > 1;
        if (!again && (_finalizersDue is not long due || _clock.Nanoseconds() < due))
        {
            return;
        }

        _finalizersEnded = true;
        _groups?.EndAll();
        int[] running = [.. _running.Where(_scheduler.IsFinalizer)];
        foreach (int unit in running)
        {
            Stop(unit, again ? StopReason.Cancelled : StopReason.RunTimeout);
        }

        int before = _units.Count(unit => unit.Outcome == Outcome.Cancelled);
        _outside.Clear();
        _scheduler.CancelFinalizers();
        ReadEvents();
        int notStarted = _units.Count(unit => unit.Outcome == Outcome.Cancelled) - before;
        if (running.Length + notStarted > 0)
        {
            _report.Say(Diagnostics.FinalizersEnded(again ? null : _request.FinalizerTimeout, running.Length, notStarted));
        }
    }
}

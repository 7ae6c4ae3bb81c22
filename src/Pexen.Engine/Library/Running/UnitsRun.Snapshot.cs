using Pexen.Execution.Dispatching;
using Pexen.Scheduling;

namespace Pexen.Library;

/// <summary>What goes on at one moment.</summary>
internal sealed partial class UnitsRun
{
    public SchedulerSnapshot Snapshot(int waitingShown)
    {
        lock (_gate)
        {
            TimeSpan now = Elapsed();
            int waiting = _scheduler.Count(UnitState.Waiting);
            int ready = _scheduler.Count(UnitState.Ready) + _scheduler.Count(UnitState.Returning) + _scheduler.Count(UnitState.Outside);
            int resting = _scheduler.Count(UnitState.Resting);
            UnitAttempt[] active = [.. _active.OrderBy(attempt => attempt.Started).ThenBy(attempt => attempt.Slot)];
            return new SchedulerSnapshot
            {
                IsRunning = !_isOver,
                Started = StartedAt,
                Total = _units.Count,
                WaitingForUnits = waiting,
                Ready = ready,
                Resting = resting,
                Ended = _units.Count - waiting - ready - resting - active.Length,
                Outcomes = CountOutcomes(_outcomes),
                Running = [.. active.Select(attempt => new RunningUnit(
                    attempt.Unit.Name, StartedAt + attempt.Started, now - attempt.Started, _scheduler.SlotsOf(attempt.Index), attempt.Stopping != StopReason.None))],
                Waiting = waiting + ready + resting == 0 ? [] : ListWaiting(waitingShown),
                Held = ListHeld(active),
            };
        }
    }

    private static Dictionary<Outcome, int> CountOutcomes(int[] outcomes)
    {
        Dictionary<Outcome, int> counts = [];
        for (int outcome = 0; outcome < outcomes.Length; outcome++)
        {
            if (outcomes[outcome] > 0)
            {
                counts.Add((Outcome)outcome, outcomes[outcome]);
            }
        }

        return counts;
    }

    private List<WaitingUnit> ListWaiting(int shown)
    {
        List<WaitingUnit> units = [];
        for (int unit = 0; unit < _units.Count && units.Count < shown; unit++)
        {
            UnitState state = _scheduler.StateOf(unit);
            if (state is UnitState.Resting or UnitState.Outside)
            {
                // What is outside waits for the OnStarted of its group.
                units.Add(new WaitingUnit(NameOf(unit), [new WaitReason(state == UnitState.Resting ? WaitKind.Time : WaitKind.Group, null, null)]));
            }
            else if (state is UnitState.Waiting or UnitState.Ready or UnitState.Returning)
            {
                units.Add(new WaitingUnit(NameOf(unit), [.. _scheduler.ObstaclesOf(unit).Select(Describe).Distinct()]));
            }
        }

        return units;
    }

    private WaitReason Describe(Obstacle obstacle) => new(
        obstacle.Kind switch
        {
            ObstacleKind.Dependency => WaitKind.Unit,
            ObstacleKind.Holder => WaitKind.Resource,
            ObstacleKind.Ahead => WaitKind.Turn,
            ObstacleKind.Group => WaitKind.Group,
            _ => WaitKind.Slots,
        },
        obstacle.Unit >= 0 ? NameOf(obstacle.Unit) : null,
        obstacle.Resource >= 0 ? _graph.ResourceNames[obstacle.Resource] : null);

    private List<HeldResource> ListHeld(UnitAttempt[] active)
    {
        List<HeldResource> held = [];
        foreach (UnitAttempt attempt in active)
        {
            AddHolds(held, attempt.Index, untilTheEnd: false);
        }

        foreach ((int unit, UnitHistory history) in _histories ?? [])
        {
            if (history.KeepsLocks)
            {
                AddHolds(held, unit, untilTheEnd: false);
            }
        }

        foreach (int unit in _holdingToTheEnd)
        {
            AddHolds(held, unit, untilTheEnd: true);
        }

        return held;
    }

    private void AddHolds(List<HeldResource> held, int unit, bool untilTheEnd)
    {
        ReadOnlySpan<ScheduleHold> holds = _scheduler.HoldsOf(unit);
        for (int index = 0; index < holds.Length; index++)
        {
            ScheduleHold hold = holds[index];
            held.Add(new HeldResource(_graph.ResourceNames[hold.Resource], NameOf(unit), hold.Mode == HoldMode.Claim, hold.Tokens, untilTheEnd)
            {
                Instances = InstancesOf(unit, index),
            });
        }
    }
}

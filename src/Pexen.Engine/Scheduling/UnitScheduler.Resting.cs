namespace Pexen.Scheduling;

/// <summary>Units between two attempts, and before the first (rules 16, 18).</summary>
internal sealed partial class UnitScheduler
{
    // Made when a unit rests with its locks: few runs have one.
    private SortedSet<int>? _returning;
    private HashSet<int>? _keepForGood;

    /// <summary>
    /// An attempt of a running unit ended and another will follow after a time: its slots are free from now on, its locks and places in groups too unless it
    /// keeps them. Or a ready unit, which was not started yet, is to wait for a time. It comes back by <see cref="Return"/>.
    /// </summary>
    /// <param name="unit">Running, or ready.</param>
    /// <param name="keepsLocks">Of a running unit: nobody else gets what it holds.</param>
    /// <param name="keepsForGood">With that: what it holds stays held until the end of the run if there is no other attempt after all.</param>
    public void Rest(int unit, bool keepsLocks = false, bool keepsForGood = false)
    {
        if (_state[unit] == UnitState.Ready)
        {
            _state.Move(unit, UnitState.Ready, UnitState.Resting);
            _room.LeaveAsNew(unit);
            return;
        }

        _state.Move(unit, UnitState.Running, UnitState.Resting);
        _slots.Release(unit, _firstSlot[unit], Width(unit));
        _keepsLocks[unit] = keepsLocks;
        if (!keepsLocks)
        {
            _room.Release(unit);
        }
        else if (keepsForGood)
        {
            (_keepForGood ??= []).Add(unit);
        }

        _lifetimes?.Finalizers.NoteAttempt(unit);
        if (IsStopped && !OutlivesTheRun(unit))
        {
            _endWhenStopped(unit);
            Propagate();
            EnterReady();
        }
    }

    /// <summary>The time of a resting unit has passed: it is ready again, at the place it had; one that kept its locks waits for slots alone.</summary>
    public void Return(int unit)
    {
        _events.Enqueue(new SchedulerEvent(unit, UnitState.Ready));
        if (_keepsLocks[unit])
        {
            _state.Move(unit, UnitState.Resting, UnitState.Returning);
            (_returning ??= new SortedSet<int>(Comparer<int>.Create(ByRank))).Add(unit);
            return;
        }

        _state.Move(unit, UnitState.Resting, UnitState.Ready);
        _room.Enter(unit);
    }

    /// <summary>
    /// The first in the ready order of those that may start. One that has its locks waits for slots alone, so it goes as well where another
    /// waits for all that hold something to end.
    /// </summary>
    private int FindNext()
    {
        int unit = _room.FindNext();
        if (_returning is not { Count: > 0 })
        {
            return unit;
        }

        int returning = _returning.Min;
        return unit < 0 || ByRank(returning, unit) < 0 ? returning : unit;
    }

    private void TakeReturned(int unit)
    {
        _state.Move(unit, UnitState.Returning, UnitState.Running);
        _returning!.Remove(unit);
        _keepForGood?.Remove(unit);
        _keepsLocks[unit] = false;
    }

    /// <summary>There is no other attempt after all, as nothing starts any more. Its state says so already.</summary>
    private void EndRest(int unit)
    {
        _returning?.Remove(unit);
        if (!_keepsLocks[unit])
        {
            return;
        }

        bool keeps = _keepForGood?.Contains(unit) == true;
        _keepsLocks[unit] = keeps;
        _room.Release(unit, resources: !keeps);
        if (keeps && CarriesOn)
        {
            SkipThoseWhoNeed(unit);
        }
    }

    /// <summary>Ranks of planned units are in the order of their priorities; those of added ones are of the waiting room.</summary>
    private int ByRank(int one, int other) => _room.RankOf(one).CompareTo(_room.RankOf(other));
}

namespace Pexen.Scheduling;

/// <summary>What crashed units keep until the end, or until a finalizer frees it (rules 17a, 24).</summary>
internal sealed partial class UnitScheduler
{
    /// <summary>What a unit keeps until the end nobody else can have: all that need it are skipped now, whatever else they wait for.</summary>
    private void SkipThoseWhoNeed(int holder)
    {
        if (!HoldsUntilTheEnd(holder))
        {
            return;
        }

        foreach (Line kept in _room.Lines.OfUnit(holder))
        {
            _tree.Lose(kept);
        }

        List<(Line Line, SkipCause Cause)> lost = LinesLostTo(holder);
        SkipThoseWhoWant(lost, _kept?.Keep(holder, lost));
    }

    /// <summary>A finalizer that becomes ready may take what those keep that crashed; all others who want that have been skipped.</summary>
    private void LendTo(int finalizer)
    {
        foreach (int holder in _kept!.LentTo(finalizer))
        {
            _room.Release(holder, places: false);
        }
    }

    /// <summary>A finalizer ended: by its success what crashed units kept for it is free, else there is less hope for those who wait for that.</summary>
    private void SettleKept(int finalizer)
    {
        if (_lifetimes!.Finalizers.Succeeded(finalizer))
        {
            foreach (int holder in _kept!.Free(finalizer))
            {
                Free(holder, finalizer);
            }

            return;
        }

        foreach ((IReadOnlyList<(Line Line, SkipCause Cause)> lost, HashSet<int> spared) in _kept!.Disappoint(finalizer))
        {
            SkipThoseWhoWant(lost, spared);
        }
    }

    private void Free(int holder, int finalizer)
    {
        if (!_kept!.IsLent(holder))
        {
            _room.Release(holder, places: false);
        }

        _kept.Forget(holder);
        _keepsLocks[holder] = false;
        foreach (Line line in _room.Lines.OfUnit(holder))
        {
            _tree.Recover(line);
        }

        _room.Lines.ForgetLosses();
        for (int unit = 0; unit < _state.UnitCount; unit++)
        {
            if (_keepsLocks[unit] && _state.HasEnded(unit))
            {
                LinesLostTo(unit);
            }
        }

        _events.Enqueue(new SchedulerEvent(holder, _state[holder], Cause: finalizer));
    }

    /// <summary>What it held nobody gets, not even a finalizer.</summary>
    private bool KeepsFromAll(int unit) => _keepsLocks[unit] && _kept?.IsLent(unit) != true;

    private List<(Line Line, SkipCause Cause)> LinesLostTo(int holder)
    {
        List<(Line, SkipCause)> lost = [];
        foreach (Line kept in _room.Lines.OfUnit(holder))
        {
            SkipCause cause = new(SkipReason.ResourceHeld, holder, kept.Resource);
            IReadOnlyList<Line> killed = _room.Lines.KilledBy(kept, cause);

            // Where finalizers are spared a line may have somebody left in it although it was lost before.
            foreach (Line line in _lifetimes is null ? killed : _room.Lines.LostTo(kept))
            {
                lost.Add((line, cause));
            }
        }

        return lost;
    }

    private void SkipThoseWhoWant(IEnumerable<(Line Line, SkipCause Cause)> lost, HashSet<int>? spared)
    {
        foreach ((Line line, SkipCause cause) in lost)
        {
            foreach (int unit in _room.Lines.UnitsOf(line))
            {
                if (_state.CanStillStart(unit) && (spared is null || !spared.Contains(unit)))
                {
                    Skip(unit, cause);
                }
            }
        }
    }
}

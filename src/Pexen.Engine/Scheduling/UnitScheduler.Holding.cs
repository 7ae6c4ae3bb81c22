namespace Pexen.Scheduling;

/// <summary>
/// A run that is held: somebody outside, the tests, needs all its services (contract 2.8). These start as if he were a unit that needs them, stay up, and
/// finalizers wait, until he lets go. Everything else goes on meanwhile.
/// </summary>
internal sealed partial class UnitScheduler
{
    /// <summary>Whether <see cref="Release"/> is still to come.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>All has been done that can be before the release.</summary>
    public bool WaitsForRelease => IsHeld && !IsFinished && !SomethingWillHappen && _state.Count(UnitState.Ready) == 0;

    /// <summary>All has been done that can be while these units stay outside.</summary>
    /// <param name="outside">How many were given back that are not to be tried again for now.</param>
    public bool WaitsForOutside(int outside) => IsHeld && outside > 0 && _state.Count(UnitState.Outside) == outside
        && _state.Count(UnitState.Running) + _state.Count(UnitState.Resting) + _state.Count(UnitState.Returning) == 0 && !_lifetimes!.AnyStopping;

    /// <summary>Services end when nobody else needs them, finalizers start when what they finalize has ended.</summary>
    public void Release()
    {
        if (!IsHeld)
        {
            return;
        }

        IsHeld = false;
        _lifetimes!.Users.Release();
        _lifetimes.Finalizers.Release();
        for (int unit = 0; unit < _state.UnitCount; unit++)
        {
            if (IsFinalizer(unit) && _state.CanStillStart(unit) && _dependencies.MeetDemand(unit))
            {
                NoteReady(unit);
            }
        }

        EnterReady();
    }

    private void Hold()
    {
        IsHeld = true;
        for (int unit = 0; unit < _state.UnitCount; unit++)
        {
            if (IsFinalizer(unit))
            {
                _dependencies.WaitForDemand(unit);
            }
            else if (_lifetimes!.Users.IsService(unit))
            {
                _lifetimes.Demand.Force(unit);
            }
        }
    }
}

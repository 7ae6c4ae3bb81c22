namespace Pexen.Scheduling;

/// <summary>Units that go with another (rule 37).</summary>
internal sealed partial class UnitScheduler
{
    /// <summary>Those of these that do not run are skipped, for a unit broke a limit that they would break as well.</summary>
    /// <param name="units">Whichever; of what runs or has ended nothing changes.</param>
    /// <param name="because">The unit at the root.</param>
    public void SkipChained(IReadOnlyList<int> units, int because)
    {
        SkipCause cause = new(SkipReason.Chained, because);
        foreach (int unit in units)
        {
            if (_state.CanStillStart(unit))
            {
                Skip(unit, cause);
            }
        }

        Propagate();
        EnterReady();
    }
}

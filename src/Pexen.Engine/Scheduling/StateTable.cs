namespace Pexen.Scheduling;

/// <summary>The state of every unit, and how many are in each: the one place where a state changes.</summary>
internal sealed class StateTable
{
    private UnitState[] _states;
    private readonly int[] _counts = new int[(int)UnitState.NotNeeded + 1];

    public StateTable(int count)
    {
        _states = new UnitState[count];
        UnitCount = count;
        _counts[(int)UnitState.Waiting] = count;
    }

    public UnitState this[int unit] => _states[unit];

    public int UnitCount { get; private set; }

    /// <summary>Every unit has ended, one way or another.</summary>
    public bool AllHaveEnded =>
        Count(UnitState.Waiting) + Count(UnitState.Ready) + Count(UnitState.Running) + Count(UnitState.Outside) + Count(UnitState.Resting) + Count(UnitState.Returning)
        + Count(UnitState.Up) == 0;

    public int Count(UnitState which) => _counts[(int)which];

    /// <summary>Units were added: they wait.</summary>
    public void Grow(int count)
    {
        Growth.Reserve(ref _states, count, UnitState.Waiting);
        _counts[(int)UnitState.Waiting] += count - UnitCount;
        UnitCount = count;
    }

    /// <summary>It does not run and has not ended.</summary>
    public bool CanStillStart(int unit) =>
        _states[unit] is UnitState.Waiting or UnitState.Ready or UnitState.Outside or UnitState.Resting or UnitState.Returning;

    /// <summary>However it ended, and whether it started or not.</summary>
    public bool HasEnded(int unit) => _states[unit] >= UnitState.Provided;

    /// <summary>What it provides counts as provided.</summary>
    public bool Provides(int unit) => _states[unit] is UnitState.Up or UnitState.Provided or UnitState.NotNeeded;

    public void Move(int unit, UnitState from, UnitState to)
    {
        if (_states[unit] != from)
        {
            throw new InvalidOperationException($"unit {unit} is {_states[unit]}, so it cannot go from {from} to {to}");
        }

        _states[unit] = to;
        _counts[(int)from]--;
        _counts[(int)to]++;
    }
}

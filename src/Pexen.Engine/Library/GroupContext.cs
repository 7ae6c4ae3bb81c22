namespace Pexen;

/// <summary>What a callback of a <see cref="UnitGroup"/> is told.</summary>
public sealed class GroupContext
{
    internal GroupContext(string name, Outcome? outcome, IReadOnlyDictionary<Outcome, int> outcomes, CancellationToken token) =>
        (Name, Outcome, Outcomes, CancellationToken) = (name, outcome, outcomes, token);

    /// <summary>Name of the group.</summary>
    public string Name { get; }

    /// <summary>
    /// How the group ended: <see cref="Outcome.Succeeded"/>, <see cref="Outcome.Failed"/>, <see cref="Outcome.TimedOut"/>, or <see cref="Outcome.Skipped"/> if none of its units ran. Null
    /// while units of it are left.
    /// </summary>
    public Outcome? Outcome { get; }

    /// <summary>How many of its units, and of those of groups inside it, have ended in each way; ways in which none has are not there.</summary>
    public IReadOnlyDictionary<Outcome, int> Outcomes { get; }

    /// <summary>Signalled when the callback should end: its minute is up, or the run is over.</summary>
    public CancellationToken CancellationToken { get; }
}

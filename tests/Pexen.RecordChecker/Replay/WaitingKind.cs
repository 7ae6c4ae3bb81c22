namespace Pexen.RecordChecking.Replay;

/// <summary>Ready units alike in all that decides whether they can start: what they want, their width, their priority, their group.</summary>
internal sealed class WaitingKind(int id, Want[] wants, int width, UnitGroup? group)
{
    public int Id { get; } = id;

    public Want[] Wants { get; } = wants;

    public int Width { get; } = width;

    public UnitGroup? Group { get; } = group;

    public SortedSet<(long Place, UnitTrace Unit)> Members { get; } = new(UnitOrder.Instance);

    /// <summary>The key under which it is in the list of those to look at, or null when it is known to be blocked or has no members.</summary>
    public long? ListedAs { get; set; }

    public bool Watching { get; set; }
}

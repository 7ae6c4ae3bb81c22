namespace Pexen.RecordChecking.Replay;

/// <summary>Ready units alike in all that decides whether they can start: what they want, their width, their priority.</summary>
internal sealed class WaitingKind(int id, Want[] wants, int width)
{
    public int Id { get; } = id;

    public Want[] Wants { get; } = wants;

    public int Width { get; } = width;

    public SortedSet<(int Rank, UnitTrace Unit)> Members { get; } = new(UnitOrder.Instance);

    /// <summary>The key under which it is in the list of those to look at, or null when it is known to be blocked or has no members.</summary>
    public int? ListedAs { get; set; }

    public bool Watching { get; set; }
}

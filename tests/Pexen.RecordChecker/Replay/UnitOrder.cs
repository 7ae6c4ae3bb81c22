namespace Pexen.RecordChecking.Replay;

/// <summary>By rank; the name keeps units apart whose ranks a bad record made equal.</summary>
internal sealed class UnitOrder : IComparer<(int Rank, UnitTrace Unit)>
{
    public static UnitOrder Instance { get; } = new();

    public int Compare((int Rank, UnitTrace Unit) x, (int Rank, UnitTrace Unit) y)
    {
        int byRank = x.Rank.CompareTo(y.Rank);
        return byRank != 0 ? byRank : string.CompareOrdinal(x.Unit.Name, y.Unit.Name);
    }
}

namespace Pexen.RecordChecking.Replay;

/// <summary>By place in the ready order; the name keeps units apart whose places a bad record made equal.</summary>
internal sealed class UnitOrder : IComparer<(long Place, UnitTrace Unit)>
{
    public static UnitOrder Instance { get; } = new();

    public int Compare((long Place, UnitTrace Unit) x, (long Place, UnitTrace Unit) y)
    {
        int byPlace = x.Place.CompareTo(y.Place);
        return byPlace != 0 ? byPlace : string.CompareOrdinal(x.Unit.Name, y.Unit.Name);
    }
}

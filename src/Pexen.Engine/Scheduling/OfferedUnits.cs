namespace Pexen.Scheduling;

/// <summary>The units that are looked at when a slot is free, first in rank first.</summary>
internal sealed class OfferedUnits
{
    private readonly RankSet _ranks;
    private readonly int[] _unitOfRank;

    public OfferedUnits(int[] rankOfUnit)
    {
        int ranks = 0;
        foreach (int rank in rankOfUnit)
        {
            ranks = Math.Max(ranks, rank + 1);
        }

        _ranks = new RankSet(ranks);
        _unitOfRank = new int[ranks];
        for (int unit = 0; unit < rankOfUnit.Length; unit++)
        {
            _unitOfRank[rankOfUnit[unit]] = unit;
        }
    }

    /// <summary>The first, or -1.</summary>
    public int First => _ranks.First is var rank and >= 0 ? _unitOfRank[rank] : -1;

    public void Add(int rank) => _ranks.Add(rank);

    public void Remove(int rank) => _ranks.Remove(rank);
}

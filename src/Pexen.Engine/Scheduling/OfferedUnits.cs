namespace Pexen.Scheduling;

/// <summary>The units that are looked at when a slot is free, first in rank first.</summary>
internal sealed class OfferedUnits
{
    private RankSet _ranks;
    private int[] _unitOfRank;

    public OfferedUnits(ScheduleGraph graph)
    {
        _ranks = new RankSet(graph.UnitCount);
        _unitOfRank = new int[graph.UnitCount];
        for (int unit = 0; unit < graph.UnitCount; unit++)
        {
            _unitOfRank[graph.Rank[unit]] = unit;
        }
    }

    /// <summary>The first, or -1.</summary>
    public int First => _ranks.First is var rank and >= 0 ? _unitOfRank[rank] : -1;

    public void Add(int rank) => _ranks.Add(rank);

    public void Remove(int rank) => _ranks.Remove(rank);

    /// <summary>An added unit has a place between others.</summary>
    public void Place(int rank, int unit) => _unitOfRank[rank] = unit;

    /// <summary>All ranks are given anew.</summary>
    public void Renumber(int rankCount, UnitPlaces places, int unitCount)
    {
        _ranks = new RankSet(rankCount);
        _unitOfRank = new int[rankCount];
        for (int unit = 0; unit < unitCount; unit++)
        {
            _unitOfRank[places[unit].Rank] = unit;
            if (places[unit].IsOffered)
            {
                _ranks.Add(places[unit].Rank);
            }
        }
    }
}

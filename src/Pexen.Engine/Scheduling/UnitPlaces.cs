namespace Pexen.Scheduling;

/// <summary>Where each unit stands.</summary>
internal sealed class UnitPlaces
{
    private readonly ScheduleGraph _graph;
    private UnitPlace[] _places;

    public UnitPlaces(ScheduleGraph graph)
    {
        _graph = graph;
        _places = new UnitPlace[graph.UnitCount];
        Begin(0);
    }

    public int Count { get; private set; }

    public ref UnitPlace this[int unit] => ref _places[unit];

    /// <summary>Makes room for the units that the graph has got. Their places in the ready order are not known yet.</summary>
    public void Grow()
    {
        Growth.Reserve(ref _places, _graph.UnitCount, default);
        Begin(Count);
    }

    private void Begin(int first)
    {
        Count = _graph.UnitCount;
        for (int unit = first; unit < Count; unit++)
        {
            ref UnitPlace place = ref _places[unit];
            place.Order = ((long)_graph.Priority[unit] - int.MinValue) << 31 | UnitPlace.NoSequence;
            place.Rank = _graph.Rank[unit];
            place.Left = place.Right = place.Source = -1;
            place.Where = UnitPlace.Nowhere;
        }
    }
}

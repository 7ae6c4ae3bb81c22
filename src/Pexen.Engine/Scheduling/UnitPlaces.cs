namespace Pexen.Scheduling;

/// <summary>Where each unit stands.</summary>
internal sealed class UnitPlaces
{
    private readonly UnitPlace[] _places;

    public UnitPlaces(ScheduleGraph graph)
    {
        _places = new UnitPlace[graph.UnitCount];
        for (int unit = 0; unit < _places.Length; unit++)
        {
            ref UnitPlace place = ref _places[unit];
            place.Order = ((long)graph.Priority[unit] - int.MinValue) << 31 | UnitPlace.NoSequence;
            place.Rank = graph.Rank[unit];
            place.Left = place.Right = place.Source = -1;
            place.Where = UnitPlace.Nowhere;
        }
    }

    public int Count => _places.Length;

    public ref UnitPlace this[int unit] => ref _places[unit];
}

namespace Pexen.Scheduling;

/// <summary>Which units want what. The list is made when somebody first asks; units that are added after that are linked.</summary>
internal sealed class LineUnits(ScheduleGraph graph, LineTable lines)
{
    private readonly List<(int Unit, int Next)> _later = [];
    private int[]? _units;
    private int[] _first = [];
    private int[] _lastOf = [];

    public IEnumerable<int> Of(Line line)
    {
        _units ??= List();
        bool listed = line.Number < _first.Length - 1;
        for (int index = listed ? _first[line.Number] : 0; listed && index < _first[line.Number + 1]; index++)
        {
            yield return _units[index];
        }

        for (int entry = line.Number < _lastOf.Length ? _lastOf[line.Number] : -1; entry >= 0; entry = _later[entry].Next)
        {
            yield return _later[entry].Unit;
        }
    }

    /// <summary>An added unit wants something. It is in the graph, so it will be found if nobody asked yet.</summary>
    public void Add(Line line, int unit)
    {
        if (_units is not null)
        {
            Growth.Reserve(ref _lastOf, line.Number + 1, -1);
            _later.Add((unit, _lastOf[line.Number]));
            _lastOf[line.Number] = _later.Count - 1;
        }
    }

    private int[] List()
    {
        int[] first = new int[lines.Count + 1];
        for (int unit = 0; unit < graph.UnitCount; unit++)
        {
            foreach (Line line in lines.OfUnit(unit))
            {
                first[line.Number + 1]++;
            }
        }

        for (int number = 1; number < first.Length; number++)
        {
            first[number] += first[number - 1];
        }

        int[] next = [.. first];
        int[] units = new int[graph.HoldCount];
        for (int unit = 0; unit < graph.UnitCount; unit++)
        {
            foreach (Line line in lines.OfUnit(unit))
            {
                units[next[line.Number]++] = unit;
            }
        }

        _first = first;
        return units;
    }
}

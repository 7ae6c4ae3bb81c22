namespace Pexen.Scheduling;

/// <summary>The lines that some units in a row want, without those that nobody else could have; sorted, so that equal wants are equal lists.</summary>
internal sealed class UnitWants(ScheduleGraph graph, LineTable lines, int blockLength)
{
    private readonly int[] _ends = new int[blockLength + 1];
    private readonly uint[] _hashes = new uint[blockLength];
    private int[] _numbers = new int[64];

    public int Count { get; private set; }

    public ReadOnlySpan<int> Of(int index) => _numbers.AsSpan(_ends[index], _ends[index + 1] - _ends[index]);

    public uint HashOf(int index) => _hashes[index];

    public void Read(int firstUnit, int endUnit)
    {
        Count = 0;
        int most = graph.HoldStart[endUnit] - graph.HoldStart[firstUnit];
        for (int unit = firstUnit; graph.Groups.Length > 0 && unit < endUnit; unit++)
        {
            most += lines.PlacesOf(unit).Length;
        }

        if (most > _numbers.Length)
        {
            _numbers = new int[most * 2];
        }

        for (int unit = firstUnit; unit < endUnit; unit++)
        {
            Read(unit);
        }
    }

    private void Read(int unit)
    {
        int first = _ends[Count];
        int end = first;
        for (int hold = graph.HoldStart[unit]; hold < graph.HoldStart[unit + 1]; hold++)
        {
            Line line = lines.OfHold(graph.Holds[hold]);
            if (!lines.IsQuiet(line))
            {
                Insert(first, end++, line.Number);
            }
        }

        foreach (ScheduleHold place in lines.PlacesOf(unit))
        {
            Insert(first, end++, lines.OfHold(place).Number);
        }

        uint hash = 17;
        foreach (int number in _numbers.AsSpan(first, end - first))
        {
            hash = (hash ^ (uint)number) * 2654435761u;
            hash ^= hash >> 15;
        }

        _hashes[Count++] = hash;
        _ends[Count] = end;
    }

    private void Insert(int first, int place, int number)
    {
        for (; place > first && _numbers[place - 1] > number; place--)
        {
            _numbers[place] = _numbers[place - 1];
        }

        _numbers[place] = number;
    }
}

namespace Pexen.Execution.Dispatching;

/// <summary>What is due when. One heap for all: a timer for each unit would be a thread's work at every tick. Arrays, as every start adds to it.</summary>
internal sealed class Deadlines
{
    private Entry[] _entries = new Entry[16];
    private int _count;

    /// <summary>How many are kept, those that are of no interest any more included.</summary>
    public int Count => _count;

    /// <param name="unit">The unit.</param>
    /// <param name="kind">What is due.</param>
    /// <param name="generation">What the unit is just at: when it is at something else the entry is stale.</param>
    /// <param name="due">Nanoseconds since the start of the run.</param>
    public void Add(int unit, DeadlineKind kind, int generation, long due)
    {
        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, _count * 2);
        }

        int hole = _count++;
        for (; hole > 0 && _entries[(hole - 1) / 2].Due > due; hole = (hole - 1) / 2)
        {
            _entries[hole] = _entries[(hole - 1) / 2];
        }

        _entries[hole] = new Entry(due, unit, generation, kind);
    }

    /// <summary>The earliest.</summary>
    public bool TryPeek(out Entry entry)
    {
        entry = _count > 0 ? _entries[0] : default;
        return _count > 0;
    }

    /// <summary>Takes the earliest away.</summary>
    public void Drop()
    {
        Entry last = _entries[--_count];
        int hole = 0;
        for (int child = 1; child < _count; child = (hole * 2) + 1)
        {
            child = child + 1 < _count && _entries[child + 1].Due < _entries[child].Due ? child + 1 : child;
            if (_entries[child].Due >= last.Due)
            {
                break;
            }

            _entries[hole] = _entries[child];
            hole = child;
        }

        _entries[hole] = last;
    }

    /// <summary>Forgets what is of no interest any more, wherever it lies.</summary>
    public void Prune(Predicate<Entry> counts)
    {
        Entry[] before = _entries;
        int count = _count;
        _entries = new Entry[Math.Max(16, count / 2)];
        _count = 0;
        for (int index = 0; index < count; index++)
        {
            if (counts(before[index]))
            {
                Add(before[index].Unit, before[index].Kind, before[index].Generation, before[index].Due);
            }
        }
    }

    internal readonly record struct Entry(long Due, int Unit, int Generation, DeadlineKind Kind);
}

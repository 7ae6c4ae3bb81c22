namespace Pexen.Execution.Dispatching;

/// <summary>When the attempts that have a limit are due. One heap for all: a timer for each unit would be a thread's work at every tick.</summary>
internal sealed class Deadlines
{
    // Made with the first one: a generic over numbers is compiled anew at every start, before the first process.
    private PriorityQueue<int, long>? _queue;

    /// <param name="unit">The unit.</param>
    /// <param name="due">Nanoseconds since the start of the run.</param>
    public void Add(int unit, long due) => (_queue ??= new PriorityQueue<int, long>()).Enqueue(unit, due);

    /// <summary>The next one that is still of interest; those that are not are forgotten.</summary>
    public long? Next(Predicate<int> counts)
    {
        while (_queue is not null && _queue.TryPeek(out int unit, out long due))
        {
            if (counts(unit))
            {
                return due;
            }

            _queue.Dequeue();
        }

        return null;
    }

    /// <summary>Takes one that is due, the earliest first.</summary>
    public bool TryTake(long now, out int unit)
    {
        unit = -1;
        return _queue is not null && _queue.TryPeek(out _, out long due) && due <= now && _queue.TryDequeue(out unit, out _);
    }
}

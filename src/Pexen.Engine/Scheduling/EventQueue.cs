namespace Pexen.Scheduling;

/// <summary>
/// Decisions that wait to be read. Not a <c>Queue</c>: a framework's generic over a struct of ours is compiled anew at every start of a supervisor,
/// and this one lies on the way to the first process.
/// </summary>
internal sealed class EventQueue
{
    private SchedulerEvent[] _items = new SchedulerEvent[16];
    private int _first;
    private int _end;

    public void Enqueue(SchedulerEvent item)
    {
        if (_end == _items.Length)
        {
            Array.Resize(ref _items, _end * 2);
        }

        _items[_end++] = item;
    }

    /// <summary>The place is used again once all has been read, which is after every call.</summary>
    public bool TryDequeue(out SchedulerEvent item)
    {
        if (_first == _end)
        {
            _first = _end = 0;
            item = default;
            return false;
        }

        item = _items[_first++];
        return true;
    }
}

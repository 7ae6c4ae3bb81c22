namespace Pexen.Scheduling;

/// <summary>
/// Decisions that wait to be read. Not a <c>Queue</c>: a framework's generic over a struct of ours is compiled anew at every start of a supervisor,
/// and this one lies on the way to the first process.
/// </summary>
internal sealed class EventQueue
{
    private SchedulerEvent[] items = new SchedulerEvent[16];
    private int first;
    private int end;

    public void Enqueue(SchedulerEvent item)
    {
        if (end == items.Length)
        {
            Array.Resize(ref items, end * 2);
        }

        items[end++] = item;
    }

    /// <summary>The place is used again once all has been read, which is after every call.</summary>
    public bool TryDequeue(out SchedulerEvent item)
    {
        if (first == end)
        {
            first = end = 0;
            item = default;
            return false;
        }

        item = items[first++];
        return true;
    }
}

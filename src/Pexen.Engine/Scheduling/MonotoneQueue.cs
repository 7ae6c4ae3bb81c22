namespace Pexen.Scheduling;

/// <summary>
/// A priority queue, smallest first, for numbers that mostly arrive in ascending order: those go to the end of a list, and only
/// stragglers pay for a heap.
/// </summary>
internal struct MonotoneQueue
{
    private long[] _run;
    private int _head;
    private int _tail;
    private LongHeap _stragglers;

    public readonly bool IsEmpty => _head == _tail && _stragglers.Count == 0;

    public readonly long Top => RunIsFirst ? _run[_head] : _stragglers.Top;

    private readonly bool RunIsFirst => _head < _tail && (_stragglers.Count == 0 || _run[_head] <= _stragglers.Top);

    /// <summary>Changes every item to another, all in the same order as before.</summary>
    public readonly void Map(Func<long, long> change)
    {
        for (int index = _head; index < _tail; index++)
        {
            _run[index] = change(_run[index]);
        }

        _stragglers.Map(change);
    }

    public void Push(long item)
    {
        if (_head < _tail && _run[_tail - 1] > item)
        {
            _stragglers.Push(item);
            return;
        }

        if (_head == _tail)
        {
            _head = _tail = 0;
        }

        _run ??= new long[4];
        if (_tail == _run.Length)
        {
            MakeRoom();
        }

        _run[_tail++] = item;
    }

    public void Pop()
    {
        if (RunIsFirst)
        {
            _head++;
        }
        else
        {
            _stragglers.Pop();
        }
    }

    private void MakeRoom()
    {
        int count = _tail - _head;
        long[] target = count > _run.Length / 2 ? new long[_run.Length * 2] : _run;
        Array.Copy(_run, _head, target, 0, count);
        _run = target;
        _head = 0;
        _tail = count;
    }
}

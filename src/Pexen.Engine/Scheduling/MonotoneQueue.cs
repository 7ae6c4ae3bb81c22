namespace Pexen.Scheduling;

/// <summary>
/// A priority queue, smallest first, for numbers that mostly arrive in ascending order: those go to the end of a list, and only
/// stragglers pay for a heap.
/// </summary>
internal struct MonotoneQueue
{
    private long[] run;
    private int head;
    private int tail;
    private LongHeap stragglers;

    public readonly bool IsEmpty => head == tail && stragglers.Count == 0;

    public readonly long Top => RunIsFirst ? run[head] : stragglers.Top;

    private readonly bool RunIsFirst => head < tail && (stragglers.Count == 0 || run[head] <= stragglers.Top);

    public void Push(long item)
    {
        if (head < tail && run[tail - 1] > item)
        {
            stragglers.Push(item);
            return;
        }

        if (head == tail)
        {
            head = tail = 0;
        }

        run ??= new long[4];
        if (tail == run.Length)
        {
            MakeRoom();
        }

        run[tail++] = item;
    }

    public void Pop()
    {
        if (RunIsFirst)
        {
            head++;
        }
        else
        {
            stragglers.Pop();
        }
    }

    private void MakeRoom()
    {
        int count = tail - head;
        long[] target = count > run.Length / 2 ? new long[run.Length * 2] : run;
        Array.Copy(run, head, target, 0, count);
        run = target;
        head = 0;
        tail = count;
    }
}

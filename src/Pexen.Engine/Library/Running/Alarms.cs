namespace Pexen.Library;

/// <summary>All alarms of a run on one timer, which is made with the first. Not safe for several threads: used under the lock of the run.</summary>
/// <param name="clock">Whose timer.</param>
/// <param name="ring">Called, on a thread of the timer, when an alarm may be due.</param>
internal sealed class Alarms(TimeProvider clock, Action ring) : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(40);

    private readonly long _start = clock.GetTimestamp();
    private PriorityQueue<Alarm, TimeSpan>? _queue;
    private ITimer? _timer;
    private TimeSpan _set = TimeSpan.MaxValue;
    private bool _disposed;

    /// <param name="alarm">What is to happen.</param>
    /// <param name="due">When, since the start of the run.</param>
    public void Add(Alarm alarm, TimeSpan due)
    {
        _queue ??= new PriorityQueue<Alarm, TimeSpan>();
        _queue.Enqueue(alarm, due);
        if (due < _set)
        {
            Set(clock.GetElapsedTime(_start));
        }
    }

    /// <summary>Takes one that is due and still means something, the earliest first.</summary>
    public bool TryTake(TimeSpan now, out Alarm alarm)
    {
        alarm = default;
        while (_queue is not null && _queue.TryPeek(out _, out TimeSpan due) && due <= now)
        {
            alarm = _queue.Dequeue();
            if (!alarm.IsStale)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Sets the timer to the earliest alarm that still means something.</summary>
    public void Set(TimeSpan now)
    {
        while (_queue is not null && _queue.TryPeek(out Alarm first, out _) && first.IsStale)
        {
            _queue.Dequeue();
        }

        _set = TimeSpan.MaxValue;
        if (_disposed || _queue is null || !_queue.TryPeek(out _, out TimeSpan next))
        {
            return;
        }

        _set = next;

        // Rounded up to what timers count in: one that rings a fraction early would come straight back.
        TimeSpan wait = TimeSpan.FromMilliseconds(Math.Ceiling(Math.Clamp((next - now).TotalMilliseconds, 0, LongestWait.TotalMilliseconds)));
        _timer ??= clock.CreateTimer(static state => ((Action)state!)(), ring, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        _disposed = true;
        _timer?.Dispose();
        _queue?.Clear();
    }
}

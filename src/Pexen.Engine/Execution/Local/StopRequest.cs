using System.Diagnostics;

namespace Pexen.Execution.Local;

/// <summary>A stop that may be asked for more than once; the earliest end of a grace period wins.</summary>
internal sealed class StopRequest
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _killAt = long.MaxValue;

    public Task Asked => _asked.Task;

    /// <summary>How long ago the grace ended; negative before that.</summary>
    public TimeSpan Overdue
    {
        get
        {
            long killAt = Interlocked.Read(ref _killAt);
            return killAt == long.MaxValue ? TimeSpan.MinValue : TimeSpan.FromSeconds((Stopwatch.GetTimestamp() - killAt) / (double)Stopwatch.Frequency);
        }
    }

    public void Ask(TimeSpan grace)
    {
        long killAt = Stopwatch.GetTimestamp() + (long)(grace.TotalSeconds * Stopwatch.Frequency);
        long before = Interlocked.Read(ref _killAt);
        while (killAt < before)
        {
            long seen = Interlocked.CompareExchange(ref _killAt, killAt, before);
            if (seen == before)
            {
                break;
            }

            before = seen;
        }

        _asked.TrySetResult();
    }
}

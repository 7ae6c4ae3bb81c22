using System.Diagnostics;

namespace Pexen.Execution.Local;

/// <summary>
/// Runs units by <see cref="Process"/>, on macOS and Windows. What it cannot do that the Linux executor can: tell an end by a signal from the exit code 128 + signal,
/// find daemons that left their parents and emptied their environment, keep the order between standard output and error, and give a child the default
/// disposition of SIGPIPE, which the runtime ignores (a writer whose reader has gone sees an error instead of the signal).
/// </summary>
internal sealed class PortableExecutor : IExecutor
{
    private readonly object _change = new();
    private readonly Dictionary<int, PortableAttempt> _running = [];
    private readonly Queue<AttemptEnd> _ends = new();
    private bool _woken;

    public void Start(Launch launch)
    {
        var attempt = new PortableAttempt(launch);
        try
        {
            attempt.Start();
        }
        catch (Exception problem) when (StartException.Covers(problem))
        {
            attempt.Dispose();
            Enqueue(new AttemptEnd { Unit = launch.Unit, StartFailure = problem.Message });
            return;
        }

        lock (_change)
        {
            _running[launch.Unit] = attempt;
        }

        _ = Task.Run(() => RunAsync(attempt));
    }

    public void Stop(int unit, TimeSpan grace)
    {
        lock (_change)
        {
            _running.GetValueOrDefault(unit)?.Stop(grace);
        }
    }

    public AttemptEnd? Wait(TimeSpan? limit)
    {
        var clock = Stopwatch.StartNew();
        lock (_change)
        {
            while (true)
            {
                if (_ends.TryDequeue(out AttemptEnd? end))
                {
                    return end;
                }

                if (_woken)
                {
                    _woken = false;
                    return null;
                }

                TimeSpan left = limit is { } time ? time - clock.Elapsed : Timeout.InfiniteTimeSpan;
                if (limit is not null && left <= TimeSpan.Zero)
                {
                    return null;
                }

                Monitor.Wait(_change, left);
            }
        }
    }

    public void Wake()
    {
        lock (_change)
        {
            _woken = true;
            Monitor.PulseAll(_change);
        }
    }

    public IReadOnlyList<string> Sweep()
    {
        List<PortableAttempt> left;
        lock (_change)
        {
            left = [.. _running.Values];
        }

        List<string> names = [];
        foreach (PortableAttempt attempt in left)
        {
            names.AddRange(attempt.Members().Select(member => $"{member.Value} ({member.Key})"));
            attempt.Stop(TimeSpan.Zero);
            attempt.Kill();
        }

        return names;
    }

    public void Dispose() => Sweep();

    private async Task RunAsync(PortableAttempt attempt)
    {
        AttemptEnd end;
        try
        {
            end = await attempt.RunAsync().ConfigureAwait(false);
        }
        catch (Exception problem)
        {
            // A task that nobody awaits: whatever went wrong must still end the unit, or the run would wait for ever.
            attempt.Kill();
            end = new AttemptEnd { Unit = attempt.Launch.Unit, StartFailure = $"it could not be supervised: {problem.Message}" };
        }

        lock (_change)
        {
            _running.Remove(attempt.Launch.Unit);
        }

        attempt.Dispose();
        Enqueue(end);
    }

    private void Enqueue(AttemptEnd end)
    {
        lock (_change)
        {
            _ends.Enqueue(end);
            Monitor.PulseAll(_change);
        }
    }
}

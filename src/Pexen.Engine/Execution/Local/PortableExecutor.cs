using System.Diagnostics;
using Pexen.Execution.Workers;
using Pexen.Model;

namespace Pexen.Execution.Local;

/// <summary>
/// Runs units by <see cref="Process"/>, on macOS and Windows. What it cannot do that the Linux executor can: tell an end by a signal from the exit code 128 + signal,
/// find daemons that left their parents and emptied their environment, keep the order between standard output and error, and give a child the default
/// disposition of SIGPIPE, which the runtime ignores (a writer whose reader has gone sees an error instead of the signal).
/// </summary>
/// <param name="workers">How to start a worker for methods, or null where there are none.</param>
internal sealed class PortableExecutor(Func<WorkerStart>? workers = null) : IExecutor
{
    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(500);

    private readonly object _change = new();
    private readonly Dictionary<int, IPortableRun> _running = [];
    private readonly Queue<AttemptEnd> _ends = new();
    private readonly Stack<PortableWorker> _idle = new();
    private WorkerStart? _workerStart;
    private WorkerVariables? _workerVariables;
    private bool _woken;

    public void Start(Launch launch)
    {
        IPortableRun attempt;
        try
        {
            attempt = launch.Work is MethodWork ? StartMethod(launch) : StartProcess(launch);
        }
        catch (Exception problem) when (StartException.Covers(problem))
        {
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

    public AttemptActivity? ActivityOf(int unit, bool withProcesses)
    {
        lock (_change)
        {
            return _running.GetValueOrDefault(unit) is not { } attempt
                ? null
                : new AttemptActivity(attempt.Silent, withProcesses ? [.. attempt.Members().Select(member => $"{member.Value} ({member.Key}) {UsedTime.Text(UsedTime.Of(member.Key))}")] : []) { OutputBytes = attempt.OutputBytes };
        }
    }

    /// <summary>Pages that processes share count for each of them, but on Linux.</summary>
    public long[] MeasureMemory(ReadOnlySpan<int> units, ReadOnlySpan<long> exactlyAbove, MemoryKind kind)
    {
        long[] bytes = new long[units.Length];
        for (int i = 0; i < units.Length; i++)
        {
            IPortableRun? attempt;
            lock (_change)
            {
                attempt = _running.GetValueOrDefault(units[i]);
            }

            if (attempt is not null)
            {
                bytes[i] = UsedMemory.Of(attempt, kind, exactlyAbove[i]);
                attempt.MeasuredMemory = Math.Max(attempt.MeasuredMemory ?? 0, bytes[i]);
            }
        }

        return bytes;
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
        List<IPortableRun> left;
        lock (_change)
        {
            left = [.. _running.Values];
        }

        while (TryTakeIdle() is { } idle)
        {
            idle.End(Farewell);
            idle.Dispose();
        }

        List<string> names = [];
        foreach (IPortableRun attempt in left)
        {
            names.AddRange(attempt.Members().Select(member => $"{member.Value} ({member.Key})"));
            attempt.Stop(TimeSpan.Zero);
            attempt.Kill();
        }

        return names;
    }

    public void Dispose() => Sweep();

    private static PortableAttempt StartProcess(Launch launch)
    {
        var attempt = new PortableAttempt(launch);
        try
        {
            attempt.Start();
            return attempt;
        }
        catch (Exception)
        {
            attempt.Dispose();
            throw;
        }
    }

    private PortableMethod StartMethod(Launch launch)
    {
        ProgramLookup.ExplainWorkingDirectory(launch);
        _workerStart ??= (workers ?? throw new StartException("methods run in worker processes, and there are none here"))();
        _workerVariables ??= new WorkerVariables(_workerStart.Environment);
        while (true)
        {
            PortableWorker? idle = TryTakeIdle();
            var method = new PortableMethod(launch, idle ?? new PortableWorker(_workerStart, launch), Keep);
            if (method.Start(_workerVariables) || idle is null)
            {
                return method;
            }

            // It has died since.
            method.Dispose();
            idle.Dispose();
        }
    }

    private PortableWorker? TryTakeIdle()
    {
        lock (_change)
        {
            return _idle.TryPop(out PortableWorker? worker) ? worker : null;
        }
    }

    private void Keep(PortableWorker worker)
    {
        lock (_change)
        {
            _idle.Push(worker);
        }
    }

    private async Task RunAsync(IPortableRun attempt)
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

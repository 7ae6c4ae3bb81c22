using System.Collections.Concurrent;
using Pexen.Execution;
using Pexen.Execution.Local;
using Pexen.Execution.Workers;

namespace Pexen.Library;

/// <summary>
/// The thread that looks after the processes of a run. It uses the portable executor: the Linux one reaps every child of this process, and a program that
/// uses the library has children of its own.
/// </summary>
internal sealed class ProcessLane
{
    private readonly PortableExecutor _executor;
    private readonly ConcurrentQueue<Action> _orders = new();
    private readonly Func<UnitAttempt, Launch> _prepare;
    private readonly Action<AttemptEnd> _ended;
    private readonly MemoryWatch _memory;
    private readonly Action _closed;
    private readonly Action<Exception> _broken;
    private bool _finishing;

    /// <param name="workers">How to start a worker for methods.</param>
    /// <param name="prepare">Called for each unit that is to start, on this thread; may throw <see cref="IOException"/>.</param>
    /// <param name="ended">Called for each process, on this thread.</param>
    /// <param name="memory">What is asked for of memory; called on this thread.</param>
    /// <param name="closed">Called last.</param>
    /// <param name="broken">Called in place of it after a fault of ours.</param>
    public ProcessLane(
        Func<WorkerStart> workers,
        Func<UnitAttempt, Launch> prepare,
        Action<AttemptEnd> ended,
        MemoryTerms memory,
        Action closed,
        Action<Exception> broken)
    {
        _executor = new PortableExecutor(workers);
        _memory = new MemoryWatch(_executor, memory);
        (_prepare, _ended, _closed, _broken) = (prepare, ended, closed, broken);
        AppDomain.CurrentDomain.ProcessExit += EndAll;
        new Thread(Work) { IsBackground = true, Name = "Pexen processes" }.Start();
    }

    /// <param name="attempt">To be started.</param>
    /// <param name="measured">Whose memory is looked at, or null.</param>
    public void Start(UnitAttempt attempt, MeasuredUnit? measured) => Order(() => StartNow(attempt, measured));

    public void Stop(UnitAttempt attempt) => Order(() =>
    {
        // Ends are seen on this thread alone, so what runs under the number of the unit is this attempt and not a later one.
        if (!attempt.IsOver)
        {
            _executor.Stop(attempt.Index, attempt.Definition.GracePeriod);
        }
    });

    /// <summary>What a process does just now; null of one that does not run any more, or not yet. From any thread.</summary>
    public AttemptActivity? ActivityOf(UnitAttempt attempt, bool withProcesses) => _executor.ActivityOf(attempt.Index, withProcesses);

    /// <summary>To be called when every process has ended.</summary>
    public void Finish() => Order(() => _finishing = true);

    private void Order(Action order)
    {
        _orders.Enqueue(order);
        _executor.Wake();
    }

    private void StartNow(UnitAttempt attempt, MeasuredUnit? measured)
    {
        Launch launch;
        try
        {
            launch = _prepare(attempt);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            _ended(new AttemptEnd { Unit = attempt.Index, StartFailure = $"its shared values cannot be written: {problem.Message}" });
            return;
        }

        _executor.Start(launch);
        if (measured is not null)
        {
            _memory.Start(measured);
        }
    }

    private void Work()
    {
        try
        {
            Serve();
        }
        catch (Exception problem)
        {
            _broken(problem);
        }
    }

    private void Serve()
    {
        while (true)
        {
            while (_orders.TryDequeue(out Action? order))
            {
                order();
            }

            if (_finishing)
            {
                break;
            }

            if (_executor.Wait(_memory.Pause) is AttemptEnd end)
            {
                _memory.End(end.Unit);
                _ended(end);
            }

            _memory.LookWhenDue();
        }

        AppDomain.CurrentDomain.ProcessExit -= EndAll;
        _executor.Dispose();
        _closed();
    }

    /// <summary>The program ends in the middle of a run: what it started ends with it.</summary>
    private void EndAll(object? sender, EventArgs arguments) => _executor.Sweep();
}

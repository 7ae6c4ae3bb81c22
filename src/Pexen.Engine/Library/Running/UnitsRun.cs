using System.Threading.Channels;
using Pexen.Execution.Dispatching;
using Pexen.Model;
using Pexen.Scheduling;
using Pexen.Values;

namespace Pexen.Library;

/// <summary>
/// One run of a plan. There is no thread of its own: whoever ends a unit takes the lock, tells the scheduler, writes results, and goes on with a unit that
/// may start now; further ones are handed to the thread pool. Delegates, and callbacks of the user's, are never called under the lock.
/// </summary>
internal sealed partial class UnitsRun
{
    private readonly Lock _gate = new();
    private readonly PreparedPlan _prepared;
    private readonly SchedulerOptions _options;
    private readonly List<Unit> _units;
    private readonly List<PlannedUnit> _planned;
    private readonly ScheduleGraph _graph;
    private readonly UnitScheduler _scheduler;
    private readonly SharedValues<SharedValue> _values = new();
    private readonly List<UnitAttempt> _active = [];
    private readonly int[] _outcomes = new int[(int)Outcome.Cancelled + 1];
    private readonly CancellationTokenSource _token = new();
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<UnitResult> _results = Channel.CreateUnbounded<UnitResult>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Alarms _alarms;
    private readonly long _startStamp;
    private StopReason _stopping;
    private bool _valuesPassed;
    private bool _isOver;

    public UnitsRun(PreparedPlan prepared, SchedulerOptions options)
    {
        _prepared = prepared;
        _options = options;
        _units = [.. prepared.Units];
        _planned = [.. prepared.Plan.Units];
        _graph = ScheduleGraph.FromPlan(prepared.Plan);
        _scheduler = new UnitScheduler(_graph, new ScheduleOptions(options.MaxParallel, options.FailurePolicy, options.MaxFailures));
        _instances = InstanceBook.For(_graph, prepared.Plan.Resources);
        _notes = new RunNotes(prepared.Warnings);
        _groups = CreateGroups();
        _memoryOfAll = options.MemoryLimit is long memory ? new RunMemory(memory, "SchedulerOptions.MemoryLimit") : null;
        Presets = options.Presets.Count == 0 ? NoValues.Dictionary : new Dictionary<string, object?>(options.Presets, StringComparer.Ordinal);
        _startStamp = options.TimeProvider.GetTimestamp();
        StartedAt = options.TimeProvider.GetUtcNow();
        _alarms = new Alarms(options.TimeProvider, OnAlarm);
        if (_units.Exists(unit => unit.Work is LaunchedWork))
        {
            PrepareProcesses();
        }
    }

    public DateTimeOffset StartedAt { get; }

    /// <summary>What units without a time limit of their own see.</summary>
    public CancellationToken Token => _token.Token;

    public IReadOnlyDictionary<string, object?> Presets { get; }

    /// <summary>What flows from whoever began the run into its delegates; null if that was suppressed.</summary>
    public ExecutionContext? Ambient { get; private set; }

    public ChannelReader<UnitResult> Results => _results.Reader;

    /// <summary>Ends when the run is over and nothing of it is left.</summary>
    public Task Finished => _finished.Task;

    /// <summary>Whether it was cancelled before it could end.</summary>
    public bool WasCancelled => _stopping == StopReason.Cancelled;

    public void Begin()
    {
        Ambient = ExecutionContext.Capture();
        UnitAttempt? first;
        lock (_gate)
        {
            if (_options.Timeout is { Ticks: > 0 } timeout)
            {
                _alarms.Add(new Alarm(AlarmKind.RunTimeout, null), timeout);
            }

            first = Continue();
        }

        HandToPool(first);
    }

    /// <summary>The work of a unit ended. A unit to go on with, on this thread, or null.</summary>
    public UnitAttempt? End(UnitAttempt attempt, in UnitEnd end)
    {
        lock (_gate)
        {
            // One that was given up has its result; what it does now is nobody's concern any more.
            if (attempt.IsOver)
            {
                return null;
            }

            Judgement judgement = UnitJudge.Judge(attempt.Definition, end, attempt.Stopping, LogText(attempt, end), SeenOf(attempt.Index));
            if (end.Written is { } written)
            {
                judgement = JudgeWritten(attempt, judgement, written);
            }

            if (judgement.IsPreempted)
            {
                Preempt(attempt, judgement, end);
                return Continue();
            }

            // What it adds counts after its last attempt, and may be why there is another.
            TimeSpan? rest = RestAfter(attempt, judgement, end);
            if (rest is null && judgement.Completion.Provided && attempt.Context?.AddedUnits is { } added && TryExtend(attempt, added) is { } refusal)
            {
                judgement = UnitJudge.JudgeRefused(attempt.Definition, refusal);
                rest = RestAfter(attempt, judgement, end);
            }

            if (rest is TimeSpan time)
            {
                Rest(attempt, judgement, end, time);
            }
            else
            {
                EndAs(attempt, judgement, end);
            }

            return Continue();
        }
    }

    /// <summary>Asks all that runs to end; what waits does not start any more. From any thread; the first reason counts.</summary>
    public void Stop(StopReason reason)
    {
        UnitAttempt[] running;
        UnitAttempt? next;
        lock (_gate)
        {
            // Where only callbacks of groups are left the run has ended by itself.
            if (_isOver || _stopping != StopReason.None || _scheduler.IsFinished)
            {
                return;
            }

            _stopping = reason;
            running = _graph.HasLifetimes ? [.. _active.Where(attempt => !OutlivesTheRun(attempt))] : [.. _active];
            foreach (UnitAttempt attempt in running)
            {
                AskToEnd(attempt, reason);
            }

            _groups?.End();
            _scheduler.Cancel();
            ReadEvents();
            if (reason == StopReason.RunTimeout)
            {
                _notes.Add(Diagnostics.LibraryRunTimedOut(_options.Timeout!.Value, running.Length, _outcomes[(int)Outcome.Cancelled]));
            }

            // Finalizers may be due now.
            next = Continue();
        }

        HandToPool(next);
        _ = _token.CancelAsync();
        SignalAll(running);
        SignalCalls();
    }

    /// <summary>Under the lock: all that follows from what just happened.</summary>
    private UnitAttempt? Continue()
    {
        UnitAttempt? mine = null;
        ReadEvents();
        while (MemoryAllows && _scheduler.TryTakeNext(out Grant grant))
        {
            if (WaitsForGroup(grant.Unit))
            {
                continue;
            }

            UnitAttempt attempt = Start(grant);
            switch (attempt.Unit.Work)
            {
                case NoWork:
                    EndAs(attempt, new Judgement(Outcome.Succeeded, Completion.Success), default);
                    break;
                case LaunchedWork:
                    StartProcess(attempt);
                    break;
                default:
                    HandToPool(mine is null ? null : attempt);
                    mine ??= attempt;
                    break;
            }
        }

        SetGroupAlarm();
        TimeFinalizers();
        ConcludeWhenFinished();
        return mine;
    }

    /// <summary>What the scheduler decided besides what it was asked for.</summary>
    private void ReadEvents()
    {
        while (_scheduler.TryReadEvent(out SchedulerEvent happened))
        {
            switch (happened.State)
            {
                case var _ when happened.Cause >= 0:
                    Freed(happened.Unit);
                    break;
                case UnitState.NotNeeded:
                    GiveUpRest(happened.Unit);
                    Publish(happened.Unit, NotNeeded(happened.Unit));
                    break;
                case UnitState.Ready:
                    DelayStart(happened.Unit);
                    break;
                case UnitState.Waiting:
                    // If it rested before its first attempt it will again.
                    HistoryOf(happened.Unit)?.EndRest();
                    break;
                case UnitState.Skipped:
                    GiveUpRest(happened.Unit);
                    Publish(happened.Unit, Skipped(happened.Unit, _scheduler.CauseOf(happened.Unit)));
                    break;
                case UnitState.Cancelled:
                    GiveUpRest(happened.Unit);
                    Publish(happened.Unit, Cancelled(happened.Unit));
                    break;
            }
        }
    }

    private void Publish(int unit, UnitResult result)
    {
        _outcomes[(int)result.Outcome]++;
        _results.Writer.TryWrite(result);
        NoteGroupEnd(unit, result);
    }

    private void ConcludeWhenFinished()
    {
        if (_isOver || !_scheduler.IsFinished || _calls.Count > 0)
        {
            return;
        }

        _isOver = true;
        _alarms.Dispose();
        NoteSkips();
        if (_lane is null)
        {
            Close();
        }
        else
        {
            _lane.Finish();
        }
    }

    /// <summary>A fault of ours, on a thread that belongs to nobody: whoever reads the results is told, in place of the end of the program.</summary>
    public void Break(Exception problem)
    {
        lock (_gate)
        {
            _isOver = true;
            _alarms.Dispose();
        }

        _results.Writer.TryComplete(problem);
        _finished.TrySetResult();
    }

    /// <summary>The last thing of a run.</summary>
    private void Close()
    {
        RemoveWorkFolder();
        _results.Writer.TryComplete();
        _finished.TrySetResult();
    }

    private TimeSpan Elapsed() => _options.TimeProvider.GetElapsedTime(_startStamp);

    private static void HandToPool(UnitAttempt? attempt)
    {
        if (attempt is not null)
        {
            ThreadPool.UnsafeQueueUserWorkItem(attempt, preferLocal: false);
        }
    }
}

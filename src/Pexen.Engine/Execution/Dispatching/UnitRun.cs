using System.Collections.Immutable;
using Pexen.Model;
using Pexen.Records;

namespace Pexen.Execution.Dispatching;

/// <summary>What has become of one unit so far. Times are nanoseconds since the start of the run.</summary>
internal sealed class UnitRun(PlannedUnit unit, LogFileNames logNames) : IMeasuredUnit
{
    /// <summary>Changes when units are added that it waits for besides.</summary>
    public PlannedUnit Unit { get; set; } = unit;

    int IMeasuredUnit.Index => Unit.Index;

    public UnitDefinition Definition => Unit.Definition;

    /// <summary>Null until it ended.</summary>
    public Outcome? Outcome { get; set; }

    public string? Code { get; set; }

    public string? Reason { get; set; }

    public string? CausedBy { get; set; }

    public bool IsReady { get; set; }

    /// <summary>The dispatcher's account of time in which slots were free but units waited, at the moment this one became ready.</summary>
    public long LockWaitAtReady { get; set; }

    public long LockWait { get; set; }

    /// <summary>Of its first attempt.</summary>
    public long? Started { get; set; }

    /// <summary>Of its last attempt that ended.</summary>
    public long? Finished { get; set; }

    /// <summary>How often it was started.</summary>
    public int Attempt { get; private set; }

    /// <summary>Of the attempt under way, or of the last one if no other follows; null before the first and while it rests.</summary>
    public long? AttemptStarted { get; private set; }

    /// <summary>Those that were followed by others, or would have been.</summary>
    public ImmutableArray<AttemptRecord> Earlier { get; private set; } = [];

    /// <summary>Time in its attempts and in the rests between them, in nanoseconds; not what it waited for others.</summary>
    public long Spent { get; private set; }

    /// <summary>Changes whenever other things are due of it (<see cref="Timetable"/>).</summary>
    public int Generation { get; set; }

    /// <summary>When it was ready, if it is a service that was.</summary>
    public long? ReadyAt { get; set; }

    /// <summary>The record says already that it is slow.</summary>
    public bool SaidSlow { get; set; }

    /// <summary>It rested for its <c>StartDelay</c>.</summary>
    public bool WasDelayed { get; set; }

    /// <summary>It still has what its last attempt held.</summary>
    public bool KeepsLocks { get; set; }

    public int? Slot { get; set; }

    /// <summary>Those that its last attempt had for itself.</summary>
    public int[] Processors { get; set; } = [];

    public StopReason Stopping { get; set; }

    /// <summary>The unit that it was stopped with, or null.</summary>
    public UnitRun? ChainedBy { get; set; }

    /// <summary>The service that it was stopped for, because that ended, or null.</summary>
    public UnitRun? DeadService { get; set; }

    /// <summary>What was seen when it was stopped for its memory, or null.</summary>
    public MemoryStop? MemoryStop { get; set; }

    /// <summary>How often it gave way to others: attempts that do not count.</summary>
    public int Preemptions { get; private set; }

    /// <summary>If it gave way: how many units may run beside each other until it is over.</summary>
    public int Width { get; private set; }

    /// <summary>Which of its attempts that count this is.</summary>
    public int Tries => Attempt - Preemptions;

    public int? ExitCode { get; set; }

    public int? Signal { get; set; }

    /// <summary>Name of the log file, or null for a milestone; there is a file only if the unit wrote something.</summary>
    public string? LogFile => FirstLogFile is null ? null : LogFileNames.OfAttempt(FirstLogFile, Attempt);

    /// <summary>The same of its first attempt.</summary>
    public string? FirstLogFile { get; } = unit.Definition.Work is MilestoneWork ? null : logNames.Next(unit.Name);

    /// <summary>Whether the last attempt that ended wrote something.</summary>
    public bool HasLog { get; set; }

    /// <summary>Of the attempt that needed most, in bytes; null where it was not measured.</summary>
    public long? PeakMemory { get; private set; }

    /// <summary>Of all its attempts; null where it was not measured.</summary>
    public TimeSpan? ProcessorTime { get; private set; }

    public ImmutableArray<OutputRecord> Outputs { get; set; } = [];

    /// <summary>What it provides counts as provided.</summary>
    public bool Provided { get; set; }

    /// <summary>Places of its start and of its providing in the order of both over all units; 0 where it has not happened.</summary>
    public int StartTurn { get; set; }

    public int ProvidedTurn { get; set; }

    /// <summary>What its last attempt wrote to <c>PEXEN_OUTPUT</c>, whether it counts or not; null for nothing.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Written { get; set; }

    public ImmutableArray<ResultRecord> Results { get; set; } = [];

    /// <summary>What it wrote for others and cannot be used; said after its end.</summary>
    public IReadOnlyList<Diagnostic> ValueProblems { get; set; } = [];

    public bool IsMilestone => Definition.Work is MilestoneWork;

    /// <summary>An attempt starts; of an earlier one nothing counts any more but its record.</summary>
    public void Begin(long now)
    {
        Attempt++;
        Started ??= now;
        AttemptStarted = now;
        Stopping = StopReason.None;
        MemoryStop = null;
        KeepsLocks = false;
        if (Attempt == 1)
        {
            return;
        }

        (Outcome, Code, Reason, ExitCode, Signal, HasLog) = (null, null, null, null, null, false);
        Outputs = [];
        Written = null;
        Results = [];
        ValueProblems = [];
    }

    /// <summary>The attempt ended.</summary>
    public void End(long now, AttemptEnd end)
    {
        Finished = now;
        Spent += now - AttemptStarted!.Value;
        long peak = Math.Max(end.PeakMemory ?? 0, MemoryStop?.Unit ?? 0);
        if (peak > (PeakMemory ?? 0))
        {
            PeakMemory = peak;
        }

        if (end.ProcessorTime is TimeSpan used)
        {
            ProcessorTime = (ProcessorTime ?? TimeSpan.Zero) + used;
        }
    }

    /// <summary>It gave way to others: but for the record it is as if this attempt had not been.</summary>
    public void Preempt(AttemptRecord ended)
    {
        Earlier = Earlier.Add(ended);
        Spent -= Finished!.Value - AttemptStarted!.Value;
        AttemptStarted = null;
        Stopping = StopReason.None;
        Preemptions++;
        Width = MemoryStop!.Width;
        IsReady = false;
        (Outcome, Code, Reason) = (null, null, null);
    }

    /// <summary>Another attempt follows after a time.</summary>
    public void Rest(AttemptRecord ended, TimeSpan time)
    {
        Earlier = Earlier.Add(ended);
        AttemptStarted = null;
        Stopping = StopReason.None;
        Spent += RunClock.Nanoseconds(time);
        IsReady = false;
    }
}

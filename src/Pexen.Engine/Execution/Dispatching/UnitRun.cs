using System.Collections.Immutable;
using Pexen.Model;
using Pexen.Records;

namespace Pexen.Execution.Dispatching;

/// <summary>What has become of one unit so far. Times are nanoseconds since the start of the run.</summary>
internal sealed class UnitRun(PlannedUnit unit, LogFileNames logNames)
{
    /// <summary>Changes when units are added that it waits for besides.</summary>
    public PlannedUnit Unit { get; set; } = unit;

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

    public long? Started { get; set; }

    public long? Finished { get; set; }

    public int? Slot { get; set; }

    public StopReason Stopping { get; set; }

    public int? ExitCode { get; set; }

    public int? Signal { get; set; }

    /// <summary>Name of the log file, or null for a milestone; there is a file only if the unit wrote something.</summary>
    public string? LogFile { get; } = unit.Definition.Work is MilestoneWork ? null : logNames.Next(unit.Name);

    public bool HasLog { get; set; }

    public ImmutableArray<OutputRecord> Outputs { get; set; } = [];

    /// <summary>What it provides counts as provided.</summary>
    public bool Provided { get; set; }

    /// <summary>Places of its start and of its providing in the order of both over all units; 0 where it has not happened.</summary>
    public int StartTurn { get; set; }

    public int ProvidedTurn { get; set; }

    /// <summary>What its last attempt wrote to <c>PEXEN_OUTPUT</c>, whether it counts or not.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Written { get; set; } = [];

    public ImmutableArray<ResultRecord> Results { get; set; } = [];

    /// <summary>What it wrote for others and cannot be used; said after its end.</summary>
    public IReadOnlyList<Diagnostic> ValueProblems { get; set; } = [];

    public bool IsMilestone => Definition.Work is MilestoneWork;
}

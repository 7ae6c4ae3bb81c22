using System.Collections.Immutable;
using Pexen.Model;
using Pexen.Records;

namespace Pexen.Execution.Dispatching;

/// <summary>What has become of one unit so far. Times are nanoseconds since the start of the run.</summary>
internal sealed class UnitRun(PlannedUnit unit, LogFileNames logNames)
{
    public PlannedUnit Unit { get; } = unit;

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

    public bool IsMilestone => Definition.Work is MilestoneWork;
}

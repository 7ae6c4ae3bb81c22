using Pexen.Execution.Dispatching;
using Pexen.Model;

namespace Pexen.Library;

/// <summary>An attempt whose memory is limited, as those see it who look at memory. Used by the thread of the lane alone.</summary>
internal sealed class MeasuredAttempt(UnitAttempt attempt) : IMeasuredUnit
{
    public UnitAttempt Attempt => attempt;

    public int Index => attempt.Index;

    public UnitDefinition Definition => attempt.Definition;

    public StopReason Stopping => attempt.Stopping;

    public MemoryStop? MemoryStop { get; set; }

    public long? AttemptStarted => RunClock.Nanoseconds(attempt.Started);

    /// <summary>Only units of a build give way to others.</summary>
    public int Preemptions => 0;

    public int Width => 0;
}

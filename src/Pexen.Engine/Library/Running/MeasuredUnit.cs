using Pexen.Execution.Dispatching;
using Pexen.Model;

namespace Pexen.Library;

/// <summary>A unit whose memory is limited, as those see it who look at memory; one for all its attempts.</summary>
internal sealed class MeasuredUnit(UnitAttempt attempt) : IMeasuredUnit
{
    /// <summary>The one under way, or the last.</summary>
    public UnitAttempt Attempt { get; private set; } = attempt;

    public int Index => Attempt.Index;

    public UnitDefinition Definition => Attempt.Definition;

    public StopReason Stopping => Attempt.Stopping;

    public MemoryStop? MemoryStop { get; set; }

    public long? AttemptStarted => RunClock.Nanoseconds(Attempt.Started);

    public int Preemptions { get; private set; }

    public int Width { get; private set; }

    /// <summary>Another attempt starts.</summary>
    public void Begin(UnitAttempt another) => (Attempt, MemoryStop) = (another, null);

    /// <summary>It gave way to others.</summary>
    public void Preempt()
    {
        Preemptions++;
        Width = MemoryStop!.Width;
    }
}

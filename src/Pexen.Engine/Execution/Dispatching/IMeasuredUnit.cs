using Pexen.Model;

namespace Pexen.Execution.Dispatching;

/// <summary>What those who look at memory have to know of a unit, of a build or of the library.</summary>
internal interface IMeasuredUnit
{
    /// <summary>Under which the executor knows it.</summary>
    int Index { get; }

    UnitDefinition Definition { get; }

    /// <summary>Why it is being stopped, if it is.</summary>
    StopReason Stopping { get; }

    /// <summary>What was seen when it was stopped for its memory, or null.</summary>
    MemoryStop? MemoryStop { get; set; }

    /// <summary>When its attempt started, in nanoseconds since the start of the run.</summary>
    long? AttemptStarted { get; }

    /// <summary>How often it gave way to others.</summary>
    int Preemptions { get; }

    /// <summary>If it gave way: how many units may run beside each other until it is over.</summary>
    int Width { get; }
}

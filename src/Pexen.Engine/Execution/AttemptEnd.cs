using System.Collections.Immutable;
using Pexen.Execution.Workers;

namespace Pexen.Execution;

/// <summary>What became of an attempt. When it arrives nothing of the attempt is alive and its log is closed.</summary>
internal sealed record AttemptEnd
{
    public required int Unit { get; init; }

    /// <summary>The exit code, or null when a signal ended it or it never started.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The number of the signal that ended it, or null.</summary>
    public int? Signal { get; init; }

    /// <summary>Why it could not be started, as a sentence that names the value at fault, or null.</summary>
    public string? StartFailure { get; init; }

    /// <summary>Whether a method came back from its call, by itself or by an exception; otherwise its process has ended under it.</summary>
    public bool CameBack { get; init; }

    /// <summary>Why a method that came back did not succeed, or null.</summary>
    public MethodFailure? MethodFailure { get; init; }

    /// <summary>Whether we were stopping it when it ended.</summary>
    public bool Stopped { get; init; }

    /// <summary>Why its output could not be written (a full disk), or null. The attempt was stopped for it.</summary>
    public string? OutputFailure { get; init; }

    /// <summary>Bytes it wrote, or 0: then there is no log file.</summary>
    public long OutputBytes { get; init; }

    /// <summary>Bytes left out of the log because of its limit.</summary>
    public long OutputLeftOut { get; init; }

    /// <summary>Names and ids of processes that were alive after its normal end and had to be stopped, e.g. <c>sleep (4711)</c>; known build servers are not among them.</summary>
    public ImmutableArray<string> Survivors { get; init; } = [];

    /// <summary>The most memory, in bytes, that one of its processes had at a time, or null where that is not known. Never less than we had ourselves when it started.</summary>
    public long? PeakMemory { get; init; }

    /// <summary>The system ended it for its memory, by a cap that we had set; else null.</summary>
    public BrokenCap? BrokenCap { get; init; }

    /// <summary>Processor time of all its processes that were waited for, or null where that is not known.</summary>
    public TimeSpan? ProcessorTime { get; init; }
}

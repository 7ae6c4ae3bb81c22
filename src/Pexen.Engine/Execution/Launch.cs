using System.Collections.Immutable;
using Pexen.Model;
using Pexen.Values;

namespace Pexen.Execution;

/// <summary>One attempt to be started, with everything resolved that does not need the file system.</summary>
internal sealed record Launch
{
    /// <summary>Index of the unit in the plan.</summary>
    public required int Unit { get; init; }

    public required string Name { get; init; }

    /// <summary>Anything but a milestone.</summary>
    public required Work Work { get; init; }

    public required string ProjectDirectory { get; init; }

    /// <summary>Absolute; for builds of targets of the unit's own project.</summary>
    public string ProjectFile { get; init; } = "";

    /// <summary>For builds of targets.</summary>
    public ImmutableArray<NamedValue> GlobalProperties { get; init; } = [];

    public required string WorkingDirectory { get; init; }

    /// <summary>The whole environment of the process, nothing is inherited besides.</summary>
    public required ImmutableArray<NamedValue> Environment { get; init; }

    public string? StandardInput { get; init; }

    public string? StandardOutput { get; init; }

    public string? StandardError { get; init; }

    /// <summary>The log file, made at the first byte. Its folder is there.</summary>
    public required string Log { get; init; }

    /// <summary>Bytes the log keeps (rule 40).</summary>
    public required long LogLimit { get; init; }

    /// <summary>What of its output must not be written, or null.</summary>
    public SecretMask? Mask { get; init; }

    /// <summary>Those that it has for itself; empty where the system decides.</summary>
    public int[] Processors { get; init; } = [];

    /// <summary>What the system is to bound where it can; null where no memory is limited.</summary>
    public MemoryCaps? Caps { get; init; }

    /// <summary>Names of processes that may outlive it.</summary>
    public ImmutableArray<string> AllowSurvivors { get; init; } = [];

    /// <summary>For what the process leaves behind after it ended by itself.</summary>
    public required TimeSpan GracePeriod { get; init; }
}

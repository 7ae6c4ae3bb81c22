using System.Collections.Immutable;
using Pexen.Execution.Supervision;
using Pexen.Model;

namespace Pexen.Execution;

/// <summary>Everything the supervisor needs for one run; what the task sends it on standard input.</summary>
internal sealed record RunRequest
{
    /// <summary>Like <c>20261121T101500Z-3f2a</c>: the start in UTC and some random digits.</summary>
    public required string RunId { get; init; }

    /// <summary>Same for all runs of one build (rule 15a).</summary>
    public required string BuildId { get; init; }

    /// <summary>Absolute path of the project file.</summary>
    public required string ProjectFile { get; init; }

    /// <summary>The project file as the record names it: relative to the repository, else its name.</summary>
    public required string ProjectName { get; init; }

    public required string Phase { get; init; }

    /// <summary>Null for a run of units that run once per project.</summary>
    public string? TargetFramework { get; init; }

    /// <summary>Absolute; the folder of the phase, which holds run.json, events.jsonl and logs.</summary>
    public required string Folder { get; init; }

    public required int MaxParallel { get; init; }

    public FailurePolicy FailurePolicy { get; init; }

    /// <summary>With <see cref="FailurePolicy.FailFast"/>: nothing new starts after this many failures.</summary>
    public int MaxFailures { get; init; } = 1;

    /// <summary>Bounds the run; null is no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long all finalizers together may take after a run that was ended; null is no limit.</summary>
    public TimeSpan? FinalizerTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether tests follow: services stay up, and finalizers wait, until these have ended (contract 2.8).</summary>
    public bool Held { get; init; }

    /// <summary>With that: tests that are run after the build; null where they are run in it.</summary>
    public TestPrograms? TestPrograms { get; init; }

    /// <summary>Bytes kept of each unit's log.</summary>
    public long LogLimit { get; init; } = 1_000_000_000;

    /// <summary>Which processors a slot has for itself.</summary>
    public Affinity Affinity { get; init; }

    /// <summary>With that: those of each slot; else empty.</summary>
    public int[][] SlotProcessors { get; init; } = [];

    /// <summary>Bytes of memory that all units may have together; null is no limit.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>Whose memory counts as that of a unit.</summary>
    public MemoryKind MemoryKind { get; init; }

    /// <summary>Names of environment variables whose values are never written.</summary>
    public ImmutableArray<string> Masks { get; init; } = [];

    /// <summary>Whether somebody wants to hear of every start and end: two messages for each unit are a tenth of what launching it costs.</summary>
    public bool Progress { get; init; }

    /// <summary>What <c>PexenUnits</c> selected, as written; empty for all.</summary>
    public ImmutableArray<string> Selection { get; init; } = [];

    /// <summary>Whether recorded durations had a say in the order.</summary>
    public bool History { get; init; } = true;

    /// <summary>How many units may be added during the run (<c>PexenMaxDynamicUnits</c>).</summary>
    public int MaxDynamicUnits { get; init; } = 10_000;

    /// <summary>The project's properties as they were given, escaped: defaults of units that are added during the run.</summary>
    public ImmutableArray<NamedValue> Settings { get; init; } = [];

    /// <summary>Global properties of the build, as its command gave them: those of the builds of target units.</summary>
    public ImmutableArray<NamedValue> GlobalProperties { get; init; } = [];

    public required Plan Plan { get; init; }

    /// <summary>What planning had to say; it goes into the record.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    public string ProjectDirectory => Path.GetDirectoryName(ProjectFile)!;
}

using System.Collections.Immutable;

namespace Pexen.Model;

/// <summary>A unit as it was declared, checked, with every default applied.</summary>
internal sealed record UnitDefinition
{
    public required string Name { get; init; }

    public Work Work { get; init; } = new MilestoneWork();

    /// <summary>Absolute.</summary>
    public required string WorkingDirectory { get; init; }

    public ImmutableArray<NamedValue> Environment { get; init; } = [];

    /// <summary>Absolute paths of files, or null.</summary>
    public string? StandardInput { get; init; }

    public string? StandardOutput { get; init; }

    public string? StandardError { get; init; }

    public Occasion ShowOutput { get; init; } = Occasion.OnFailure;

    public Occasion ParseDiagnostics { get; init; } = Occasion.OnFailure;

    public string? FailureHint { get; init; }

    /// <summary>What it provides, its own name included (rule 1).</summary>
    public ImmutableArray<Capability> Provides { get; init; } = [];

    public ImmutableArray<Requirement> Requires { get; init; } = [];

    public ImmutableArray<RequirementChoice> RequiresAny { get; init; } = [];

    public ImmutableArray<Requirement> After { get; init; } = [];

    /// <summary>Planned only if something planned requires what it provides (rule 5).</summary>
    public bool OnDemand { get; init; }

    /// <summary>Null: it is no service.</summary>
    public ServiceTerms? Service { get; init; }

    /// <summary>Names of the units that it cleans up after (rule 24); empty for a unit that is no finalizer.</summary>
    public ImmutableArray<string> Finalizes { get; init; } = [];

    public FinalizesOn FinalizesOn { get; init; }

    /// <summary>The group it belongs to, or null.</summary>
    public string? Group { get; init; }

    /// <summary>Lower starts first.</summary>
    public int Priority { get; init; }

    public ImmutableArray<string> Claims { get; init; } = [];

    public ImmutableArray<ResourceUse> Uses { get; init; } = [];

    public int Slots { get; init; } = 1;

    /// <summary>Per attempt, from its start; null is none.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Between the polite stop and the kill; zero kills at once.</summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The rest of what it says of time.</summary>
    public Timing Timing { get; init; } = Timing.Default;

    /// <summary>Names of processes that may outlive it.</summary>
    public ImmutableArray<string> AllowSurvivors { get; init; } = [];

    /// <summary>How much it may use.</summary>
    public Limits Limits { get; init; } = Limits.Default;

    /// <summary>Bytes kept of its log; null is what the run says (rule 40).</summary>
    public long? LogLimit { get; init; }

    public ExitCodes SuccessExitCodes { get; init; } = ExitCodes.Zero;

    public ExitCodes SkipExitCodes { get; init; } = ExitCodes.None;

    public ExitCodes ControlledExitCodes { get; init; } = ExitCodes.None;

    public Aftermath OnFailure { get; init; } = Aftermath.ReleaseLocks;

    public Aftermath OnCrash { get; init; } = Aftermath.None;

    public Aftermath OnControlledFailure { get; init; } = Aftermath.ReleaseLocks | Aftermath.Provide;

    public FailureTolerance ContinueOnError { get; init; } = FailureTolerance.ErrorAndStop;

    public ImmutableArray<string> Phases { get; init; } = ["AfterBuild"];

    public RunPer RunPer { get; init; }

    /// <summary>Files, globs and folders (with a slash at the end), as declared; relative to the project's folder.</summary>
    public ImmutableArray<string> Outputs { get; init; } = [];

    /// <summary>The item type that the outputs join, or null.</summary>
    public string? AddTo { get; init; }

    public ImmutableArray<NamedValue> AddToMetadata { get; init; } = [];

    public bool CleanOutputs { get; init; } = true;

    /// <summary>The MSBuild property that is set from the unit's trimmed output, or null.</summary>
    public string? OutputProperty { get; init; }

    /// <summary>Keys of <c>PEXEN_OUTPUT</c> and the MSBuild properties that they set.</summary>
    public ImmutableArray<NamedValue> ExportProperties { get; init; } = [];

    /// <summary>Where it comes from if not from an item of its own, or null.</summary>
    public UnitOrigin? Origin { get; init; }

    public SourceLocation? Source { get; init; }

    /// <summary>Digest over everything that says what the unit is, as <c>sha256:…</c>.</summary>
    public string Digest { get; init; } = "";
}

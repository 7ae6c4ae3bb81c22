using System.Collections.Immutable;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>
/// Makes units of declarations: every value checked, every default applied, all problems found in one go.
/// Errors are found in units of every phase; warnings and messages only in those of the run that is asked for.
/// </summary>
internal sealed class UnitReader(ProjectSettings settings, string projectDirectory, PhaseRun run, ICollection<Diagnostic> problems)
{
    private readonly MetadataNames _names = new(Vocabulary.UnitMetadata, "PexenUnit");

    /// <summary>
    /// Reads one unit. One with bad values is returned with defaults in their place, so that planning goes on and finds the rest.
    /// Null: its <c>Include</c> is a pattern that matched nothing.
    /// </summary>
    public UnitDefinition? Read(UnitDeclaration declaration)
    {
        string name = NameOf(declaration);
        string subject = $"Unit {Diagnostics.Quote(name)}";
        DeclaredValues values = new(subject, name, declaration.Metadata, declaration.Source, problems);
        ImmutableArray<string> phases = values.List<string>("Phase", NameText.ParsePhase).Distinct(StringComparer.OrdinalIgnoreCase).ToImmutableArray();
        phases = phases.IsEmpty ? [Phases.AfterBuild] : phases;
        RunPer runPer = values.Value("RunPer", RunPer.Project, ScalarText.Choice);
        bool asked = runPer == run.RunPer && phases.Contains(run.Phase, StringComparer.OrdinalIgnoreCase);
        if (IsPattern(declaration.Include))
        {
            if (asked)
            {
                ReportEmptyPattern(declaration.Include, declaration.Source);
            }

            return null;
        }

        if (NameText.Parse(name, out _) is { } allowed)
        {
            values.Bad(values.Has("Name") ? "Name" : "Include", name, allowed);
        }

        WarnOfMisspeltPhases(subject, name, phases, runPer, declaration.Source);
        _names.Check(subject, name, declaration.Metadata, declaration.Source, asked, problems);
        return WithDigest(ReadMetadata(name, values) with { Phases = phases, RunPer = runPer, Source = declaration.Source, Origin = declaration.Origin });
    }

    /// <summary>Says that items of a type that this version does not have were given (PEX1016).</summary>
    public void ReportItemType(string itemType, SourceLocation source) => problems.Add(Diagnostics.NotYet($"The item type '{itemType}'", null, source));

    /// <summary>Says that a pattern, found in the XML, matched nothing (PEX2004).</summary>
    public void ReportEmptyPattern(string pattern, SourceLocation source) => problems.Add(Diagnostics.PatternMatchedNothing(pattern, source));

    public static string NameOf(UnitDeclaration declaration) =>
        MetadataText.Unescape(
            declaration.Metadata.TryGetValue("Name", out string? name) && !string.IsNullOrWhiteSpace(name) ? name.Trim() : declaration.Include);

    /// <summary>MSBuild passes a wildcard on as text when it matched nothing; an escaped one was never a wildcard.</summary>
    private static bool IsPattern(string include) => include.AsSpan().IndexOfAny('*', '?') >= 0;

    /// <summary>The log of a build of its own is for MSBuild's eyes: what it says is said once, as errors and warnings.</summary>
    private UnitDefinition ReadMetadata(string name, DeclaredValues values) => ReadMetadata(name, values, WorkReader.Read(values, projectDirectory));

    private UnitDefinition ReadMetadata(string name, DeclaredValues values, Work work) => new()
    {
        Name = name,
        Work = work,
        WorkingDirectory = values.FullPath("WorkingDirectory", projectDirectory) ?? projectDirectory,
        Environment = Last(values.List<NamedValue>("EnvironmentVariables", PairText.ParseVariable), StringComparer.Ordinal),
        StandardInput = values.FullPath("StandardInput", projectDirectory),
        StandardOutput = values.FullPath("StandardOutput", projectDirectory),
        StandardError = values.FullPath("StandardError", projectDirectory),
        ShowOutput = values.Value("ShowOutput", work is TargetsWork ? Occasion.Never : settings.ShowOutput, ScalarText.Choice),
        ParseDiagnostics = values.Value("ParseDiagnostics", work is TargetsWork ? Occasion.Always : Occasion.OnFailure, ScalarText.Choice),
        FailureHint = values.Word("FailureHint"),
        Provides = WithOwnName(name, values.List<Capability>("Provides", RequirementText.ParseCapability)),
        Requires = values.List<Requirement>("Requires", RequirementText.ParseRequirement),
        RequiresAny = values.List<RequirementChoice>("RequiresAny", RequirementText.ParseChoice),
        After = values.List<Requirement>("After", RequirementText.ParseRequirement),
        OnDemand = values.Value("OnDemand", false, ScalarText.Boolean),
        Service = ServiceReader.Read(values, work, projectDirectory),
        Finalizes = [.. values.List<string>("Finalizes", NameText.Parse).Distinct(StringComparer.OrdinalIgnoreCase)],
        FinalizesOn = values.Value("FinalizesOn", FinalizesOn.Always, ScalarText.Choice),
        Group = values.Value<string?>("Group", null, NameText.ParseGroup),
        Priority = values.Value("Priority", 0, ScalarText.Integer),
        Claims = [.. values.List<string>("Claims", NameText.ParseResource).Distinct(StringComparer.OrdinalIgnoreCase)],
        Uses = values.List<ResourceUse>("Uses", RequirementText.ParseUse),
        Slots = values.Value("Slots", 1, ScalarText.PositiveInteger),
        Timeout = values.Limit("Timeout", settings.DefaultTimeout),
        GracePeriod = values.Value("GracePeriod", settings.GracePeriod, DurationText.Parse),
        Timing = TimingReader.Read(values, settings.Timing, ReadSuccessCodes),
        AllowSurvivors = [.. values.List<string>("AllowSurvivors", NameText.ParseProcess).Distinct(StringComparer.Ordinal)],
        Limits = LimitsReader.Read(values),
        LogLimit = values.Value("LogLimit", 0L, ScalarText.Size) is > 0 and long limit ? limit : null,
        SuccessExitCodes = ReadSuccessCodes(values),
        SkipExitCodes = ReadExitCodes(values, "SkipExitCodes", "SuccessExitCodes"),
        ControlledExitCodes = ReadExitCodes(values, "ControlledExitCodes", "SuccessExitCodes", "SkipExitCodes"),
        OnFailure = values.Aftermath("OnFailure", settings.OnFailure),
        OnCrash = values.Aftermath("OnCrash", settings.OnCrash),
        OnControlledFailure = values.Aftermath("OnControlledFailure", Aftermath.ReleaseLocks | Aftermath.Provide),
        ContinueOnError = values.Value("ContinueOnError", FailureTolerance.ErrorAndStop, ScalarText.Tolerance),
        Outputs = [.. values.List<string>("Outputs", PairText.ParsePath).Distinct(StringComparer.Ordinal)],
        AddTo = values.Value<string?>("AddTo", null, PairText.ParseItemType),
        AddToMetadata = Last(values.List<NamedValue>("AddToMetadata", PairText.ParseMetadata), StringComparer.OrdinalIgnoreCase),
        CleanOutputs = values.Value("CleanOutputs", true, ScalarText.Boolean),
        OutputProperty = values.Value<string?>("OutputProperty", null, PairText.ParsePropertyName),
        ExportProperties = [.. values.List<NamedValue>("ExportProperties", PairText.ParseExport).Select(pair => pair with { Value = pair.Value.Trim() })],
    };

    /// <summary>What a code means must not depend on which list is looked at first.</summary>
    private static ExitCodes ReadExitCodes(DeclaredValues values, string name, params ReadOnlySpan<string> others)
    {
        ImmutableArray<ExitCodeRange> ranges = values.List<ExitCodeRange>(name, ExitCodesText.ParseEntry);
        foreach (string other in others)
        {
            // The other list was read, and its bad entries reported, when its turn came.
            ImmutableArray<ExitCodeRange> otherRanges = values.Quiet().List<ExitCodeRange>(other, ExitCodesText.ParseEntry);
            if (!ranges.IsEmpty && ExitCodesText.Overlap(ranges, otherRanges) is { } code)
            {
                values.Bad(name, values.Word(name)!, $"The exit code {code} is in {other} as well, and can mean only one thing");
            }
        }

        return ranges.IsEmpty ? ExitCodes.None : new ExitCodes(ranges);
    }

    /// <summary>0 is success besides those listed, unless one of the other lists gives it another meaning.</summary>
    private static ExitCodes ReadSuccessCodes(DeclaredValues values)
    {
        ExitCodes listed = ReadExitCodes(values, "SuccessExitCodes");
        bool zeroIsKnown = listed.Contains(0)
            || ReadExitCodes(values.Quiet(), "SkipExitCodes").Contains(0)
            || ReadExitCodes(values.Quiet(), "ControlledExitCodes").Contains(0);
        return zeroIsKnown ? listed : new ExitCodes([.. ExitCodes.Zero.Ranges, .. listed.Ranges]);
    }

    /// <summary>Rule 1: the own name is an unversioned provide, unless it is listed with a version.</summary>
    private static ImmutableArray<Capability> WithOwnName(string name, ImmutableArray<Capability> provides)
    {
        IEnumerable<Capability> distinct = provides.DistinctBy(capability => (capability.Name.ToUpperInvariant(), capability.Version));
        return provides.Any(capability => capability.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ? [.. distinct]
            : [new Capability(name, null), .. distinct];
    }

    /// <summary>Of pairs with one key the last holds, as everywhere in MSBuild.</summary>
    private static ImmutableArray<NamedValue> Last(ImmutableArray<NamedValue> pairs, StringComparer comparer) =>
        pairs.Length < 2 ? pairs : [.. pairs.Reverse().DistinctBy(pair => pair.Key, comparer).Reverse()];

    /// <summary>A misspelt phase would be a phase of the user's own that nobody ever runs; it is told in the run that was probably meant.</summary>
    private void WarnOfMisspeltPhases(string subject, string unit, ImmutableArray<string> phases, RunPer runPer, SourceLocation source)
    {
        foreach (string phase in phases.Where(phase => !Phases.IsStandard(phase)))
        {
            string? meant = NearestName.Find(phase, Phases.Standard);
            bool told = runPer == run.RunPer && (run.Phase.Equals(meant, StringComparison.OrdinalIgnoreCase) || run == new PhaseRun(phase, runPer));
            if (meant is not null && told)
            {
                problems.Add(Diagnostics.MisspeltPhase(subject, phase, meant, unit, source));
            }
        }
    }

    private UnitDefinition WithDigest(UnitDefinition unit) => unit with { Digest = DefinitionDigest.Of(unit, projectDirectory) };
}

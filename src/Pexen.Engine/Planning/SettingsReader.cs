using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Makes <see cref="ProjectSettings"/> of the text of properties.</summary>
internal static class SettingsReader
{
    /// <summary>The properties worth handing to <see cref="Read"/>.</summary>
    public static IReadOnlyCollection<string> PropertyNames { get; } = [.. Vocabulary.Properties.Keys];

    /// <summary>Reads all properties; what is wrong is added to <paramref name="problems"/> and replaced by its default.</summary>
    /// <param name="properties">Name to text as MSBuild evaluated it, escaped; empty is the same as absence.</param>
    /// <param name="processors">Default of <c>PexenMaxParallel</c>.</param>
    /// <param name="project">Where problems point to.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static ProjectSettings Read(
        IReadOnlyDictionary<string, string> properties, int processors, SourceLocation project, ICollection<Diagnostic> problems)
    {
        foreach ((string name, bool due) in Vocabulary.Properties)
        {
            if (!due && properties.TryGetValue(name, out string? text) && !string.IsNullOrWhiteSpace(text))
            {
                problems.Add(Diagnostics.NotYet($"The property '{name}'", null, project));
            }
        }

        DeclaredValues values = new("The project", null, properties, project, problems);
        ProjectSettings standard = new() { MaxParallel = Math.Max(1, processors) };
        return new ProjectSettings
        {
            MaxParallel = values.Value("PexenMaxParallel", standard.MaxParallel, ScalarText.PositiveInteger),
            Timeout = values.Limit("PexenTimeout", standard.Timeout),
            FinalizerTimeout = values.Limit("PexenFinalizerTimeout", standard.FinalizerTimeout),
            DefaultTimeout = values.Limit("PexenDefaultTimeout", standard.DefaultTimeout),
            Timing = TimingReader.ReadDefaults(values),
            GracePeriod = values.Value("PexenGracePeriod", standard.GracePeriod, DurationText.Parse),
            FailurePolicy = values.Value("PexenFailurePolicy", standard.FailurePolicy, ScalarText.Choice),
            MaxFailures = values.Value("PexenMaxFailures", standard.MaxFailures, ScalarText.PositiveInteger),
            OnFailure = values.Aftermath("PexenOnFailure", standard.OnFailure),
            OnCrash = values.Aftermath("PexenOnCrash", standard.OnCrash),
            History = values.Value("PexenHistory", standard.History, ScalarText.Boolean),
            Strict = values.Value("PexenStrict", standard.Strict, ScalarText.Boolean),
            Units = [.. values.List("PexenUnits").SelectMany(entry => entry.Split([';', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
            ShowOutput = values.Value("PexenShowOutput", standard.ShowOutput, ScalarText.Choice),
            MaxDynamicUnits = values.Value("PexenMaxDynamicUnits", standard.MaxDynamicUnits, ScalarText.PositiveInteger),
            Affinity = values.Value("PexenAffinity", standard.Affinity, ScalarText.Choice),
            MemoryLimit = LimitsReader.Memory(values, "PexenMemoryLimit"),
            MemoryKind = values.Value("PexenMemoryKind", standard.MemoryKind, ScalarText.Choice),
            Masks = values.List<string>("PexenMasks", MaskNames.Parse),
            LogLimit = values.Value("PexenLogLimit", standard.LogLimit, ScalarText.Size),
        };
    }
}

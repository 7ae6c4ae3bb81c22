using System.Collections.Immutable;
using Microsoft.Build.Framework;
using Pexen.Execution.Local;
using Pexen.Model;
using Pexen.Planning;
using Pexen.Tasks.Factories;
using Pexen.Tasks.Logging;
using Pexen.Tasks.Reading;

namespace Pexen.Tasks;

/// <summary>What the tasks have in common: they read items, ask the engine, and say what came of it.</summary>
public abstract class PexenTask : Microsoft.Build.Utilities.Task
{
    private BuildContext? _context;
    private Declarations? _declarations;
    private BuildLog? _buildLog;
    private string? _buildIdentity;

    /// <summary>All units of the project, of every phase.</summary>
    public ITaskItem[] Units { get; set; } = [];

    /// <summary>Declared resources.</summary>
    public ITaskItem[] Resources { get; set; } = [];

    /// <summary>Preset shared values.</summary>
    public ITaskItem[] Shared { get; set; } = [];

    /// <summary>Declared groups.</summary>
    public ITaskItem[] Groups { get; set; } = [];

    /// <summary>
    /// What the targets tell every task, as <c>_PexenCollect</c> gathers it: paths and properties by <c>Value</c>, and, by their
    /// <c>ItemType</c>, items of types that belong to Pexen but not to this version.
    /// </summary>
    [Required]
    public ITaskItem[] Settings { get; set; } = [];

    /// <summary>Units or capabilities asked for by hand.</summary>
    public string? Selection { get; set; }

    internal BuildContext Context => _context ??= new BuildContext(Settings.Where(setting => ItemTypeOf(setting).Length == 0));

    internal Declarations Declared => _declarations ??= Declare([.. Settings.Where(setting => ItemTypeOf(setting).Length > 0)]);

    internal BuildLog BuildLog => _buildLog ??= new BuildLog(Log, Context, Declared);

    /// <summary>The properties that say how units run; those of a run by hand only in a run by hand (rule 8).</summary>
    internal ProjectSettings ReadSettings(ICollection<Diagnostic> problems)
    {
        Dictionary<string, string> properties = new(Context.Properties, StringComparer.OrdinalIgnoreCase);
        if (!string.IsNullOrEmpty(Selection))
        {
            properties["PexenUnits"] = Selection;
        }

        ProjectSettings settings = SettingsReader.Read(properties, Environment.ProcessorCount, Context.Project, problems);
        return settings.Affinity == Affinity.None
            ? settings
            : AffinityRules.Apply(settings, ProcessorGroups.Of(settings.Affinity), !string.IsNullOrWhiteSpace(properties.GetValueOrDefault("PexenMaxParallel")), Context.Project, problems);
    }

    /// <summary>The phase asked for, as the project spells it; null when it is none, which has been said.</summary>
    internal string? ReadPhase(string text)
    {
        if (AskedPhase.Read(text, Declared.Units, out AskedPhase asked) is { } allowed)
        {
            BuildLog.Say(Diagnostics.BadValue("The project", "PexenPhase", text, allowed, null, Context.Project));
            return null;
        }

        // Of several instances the one that is there once.
        if (asked.Unknown is not null && Context.RunPer.Contains(RunPer.Project))
        {
            BuildLog.Tell(asked.Unknown);
        }

        return asked.Name;
    }

    /// <summary>All units of the project, checked; problems are found together.</summary>
    internal ImmutableArray<UnitDefinition> ReadUnits(ProjectSettings settings, PhaseRun run, ICollection<Diagnostic> problems)
    {
        var reader = new UnitReader(settings, Context.ProjectDirectory, run, problems);
        foreach ((string itemType, _, SourceLocation source) in Declared.Others.DistinctBy(other => other.ItemType))
        {
            if (!Vocabulary.ItemTypes[itemType])
            {
                reader.ReportItemType(itemType, source);
            }
        }

        foreach (Diagnostic problem in Declared.Problems.Where(problem => problem.Severity != Severity.Message))
        {
            problems.Add(problem);
        }

        foreach (AbsentAssembly absent in Absent(run))
        {
            problems.Add(OfAbsent(absent.Declaration.Include, absent.Path, absent.Declaration.Source));
        }

        return [.. Declared.Units.Select(reader.Read).OfType<UnitDefinition>()];
    }

    /// <summary>Assemblies that should be there, for the phase of their units has come.</summary>
    internal IEnumerable<AbsentAssembly> Absent(PhaseRun run) => Declared.Absent.Where(absent => Phases.MayAsk(absent.Declaration, run));

    internal virtual Diagnostic OfAbsent(string include, string path, SourceLocation source) => Diagnostics.AssemblyNotThere(include, path, source);

    internal PlanResult MakePlan(
        ProjectSettings settings, PhaseRun run, ImmutableArray<UnitDefinition> units, IEarlierPhases earlier, bool explain, ICollection<Diagnostic> problems)
    {
        var resources = new ResourceReader(problems);
        var groups = new GroupReader(problems);
        PlanResult result = Planner.Plan(new PlanRequest
        {
            Units = units,
            Resources = resources.ReadAll(Declared.Resources),
            Presets = new SharedReader(problems).ReadAll(Declared.Shared),
            Groups = groups.ReadAll(Declared.Groups),
            Run = run,
            ProjectDirectory = Context.ProjectDirectory,
            MaxParallel = settings.MaxParallel,
            Selection = settings.Units,
            Strict = settings.Strict,
            Explain = explain,
            Durations = settings.History ? Durations(run) : ImmutableDictionary<string, double>.Empty,
            EarlierPhases = earlier,
            Affinity = settings.Affinity,
            SlotProcessors = settings.SlotProcessors,
            MemoryLimit = settings.MemoryLimit,
            MachineMemory = MemoryRules.Concern(settings, units) ? MachineMemory.Total() : null,
        });
        ImmutableArray<Diagnostic> all = [.. problems, .. result.Diagnostics];
        return new PlanResult(all.Any(problem => problem.Severity == Severity.Error) ? null : result.Plan, all);
    }

    /// <summary>What the runs of this build have in common. Asks the engine, so on the task's own thread.</summary>
    internal string BuildIdentity() => _buildIdentity ??= BuildId.Of(BuildEngine, Context.BuildIdentity);

    internal Dictionary<string, double> Durations(PhaseRun run) =>
        Records.Durations.Read(new Records.RunFolder(Context.FolderOf(run)).Durations)
            .ToDictionary(entry => entry.Key, entry => entry.Value.TotalMilliseconds, StringComparer.OrdinalIgnoreCase);

    private Declarations Declare(IReadOnlyList<ITaskItem> others) =>
        new(Units, Resources, Shared, Groups, others, new FactoryUnits(others, Context.ProjectDirectory, BuildEngine));

    private static string ItemTypeOf(ITaskItem setting) => setting.GetMetadata("ItemType");
}

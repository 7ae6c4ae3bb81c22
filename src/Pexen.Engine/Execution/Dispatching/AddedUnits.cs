using System.Collections.Immutable;
using Pexen.Execution.Exchange;
using Pexen.Model;
using Pexen.Planning;
using Pexen.Records;
using Pexen.Scheduling;

namespace Pexen.Execution.Dispatching;

/// <summary>
/// Units that units add while they run (rule 32): reads what an attempt wrote to <c>PEXEN_UNITS</c>, has it validated against the plan as it stands, and keeps
/// what came of it until the dispatcher takes it. Costs one look for a file after each process until somebody adds.
/// </summary>
internal sealed class AddedUnits
{
    private const int MostProblemsSaid = 20;

    private readonly RunRequest _request;
    private readonly RunFolder _folder;
    private readonly UnitScheduler _scheduler;
    private readonly List<UnitRun> _units;
    private readonly LogFileNames _logNames;
    private readonly Secrets _secrets;
    private readonly PhaseRun _run;
    private readonly LivePlan _plan;
    private ProjectSettings? _settings;
    private PlanExtension? _accepted;

    /// <param name="request">The run.</param>
    /// <param name="folder">Where its logs are.</param>
    /// <param name="scheduler">Knows who has started, and is told of what joins.</param>
    /// <param name="units">All units of the run; those that are added join them.</param>
    /// <param name="logNames">Of those units.</param>
    /// <param name="secrets">What of their text is not to be kept.</param>
    public AddedUnits(RunRequest request, RunFolder folder, UnitScheduler scheduler, List<UnitRun> units, LogFileNames logNames, Secrets secrets)
    {
        _request = request;
        _folder = folder;
        _scheduler = scheduler;
        _units = units;
        _logNames = logNames;
        _secrets = secrets;
        _run = new PhaseRun(request.Phase, request.TargetFramework is null ? RunPer.Project : RunPer.TargetFramework);
        _plan = new LivePlan(request.Plan, request.MaxParallel, request.ProjectDirectory, request.MaxDynamicUnits);
    }

    /// <summary>To be called when a unit has ended that provides, before others hear of it.</summary>
    /// <param name="writer">The unit.</param>
    /// <param name="file">What it may have written.</param>
    /// <param name="problems">Why its units are refused; and messages about those that are not.</param>
    /// <returns>False: they are refused, all of them.</returns>
    public bool TryAccept(UnitRun writer, string file, ICollection<Diagnostic> problems)
    {
        // A pipe or a device in its place has no length, so it is never opened. Where nothing new starts any more nothing is added either.
        var written = new FileInfo(file);
        if (!written.Exists || written.Length == 0 || _scheduler.IsStopped)
        {
            return true;
        }

        List<Diagnostic> found = [];
        List<UnitDefinition> units = Read(writer, file, found);
        List<Diagnostic> errors = found.FindAll(problem => problem.Severity == Severity.Error);
        if (errors.Count == 0)
        {
            if (units.Count > 0)
            {
                _accepted = _plan.TryAdd(writer.Unit.Index, units, HasStarted, problems);
            }

            found.ForEach(problems.Add);
            return units.Count == 0 || _accepted is not null;
        }

        foreach (Diagnostic problem in errors.Take(MostProblemsSaid))
        {
            problems.Add(Diagnostics.AddedUnitRefused(writer.Definition, problem));
        }

        return false;
    }

    /// <summary>Lets in what was accepted last, if anything was.</summary>
    public void Enter(RunJournal journal, RunReport report)
    {
        if (_accepted is not PlanExtension extension)
        {
            return;
        }

        _accepted = null;
        Dictionary<int, List<DependsOnRecord>> neededBy = [];
        foreach (IGrouping<int, AddedDependency> waiting in extension.Dependencies.GroupBy(one => one.Unit))
        {
            UnitRun unit = _units[waiting.Key];
            unit.Unit = unit.Unit with { Dependencies = [.. unit.Unit.Dependencies, .. waiting.Select(one => one.Dependency)] };
            foreach (AddedDependency one in waiting)
            {
                if (!neededBy.TryGetValue(one.Dependency.Unit, out List<DependsOnRecord>? list))
                {
                    neededBy.Add(one.Dependency.Unit, list = []);
                }

                list.Add(new DependsOnRecord(unit.Definition.Name, one.Dependency.Kind.ToString()));
            }
        }

        int first = _units.Count;
        foreach (PlannedUnit planned in extension.Units)
        {
            _units.Add(new UnitRun(planned, _logNames));
        }

        report.Added(extension.Resources);
        for (int index = first; index < _units.Count; index++)
        {
            journal.Add(report.Added(_units[index]), neededBy.GetValueOrDefault(index) ?? []);
        }

        _scheduler.Add(extension);
    }

    private bool HasStarted(int unit) =>
        _units[unit].Attempt > 0 || _scheduler.StateOf(unit) is not (UnitState.Waiting or UnitState.Ready or UnitState.Outside or UnitState.Resting);

    /// <summary>The side file becomes one of the run's logs: the units come from it, and problems point into it.</summary>
    private List<UnitDefinition> Read(UnitRun writer, string file, List<Diagnostic> problems)
    {
        string kept = _folder.LogOf(Path.GetFileNameWithoutExtension(writer.LogFile) + ".units");
        try
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            var origin = new UnitOrigin(Path.GetRelativePath(_request.ProjectDirectory, kept).Replace('\\', '/'), [writer.Definition.Name]);
            List<UnitDeclaration> declared = new JsonUnitReader(kept, origin, ImmutableDictionary<string, string>.Empty, problems).Read(stream);
            Keep(file, kept);
            return Define(declared, problems);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add(Diagnostics.AddedUnitsUnreadable(writer.Definition, exception.Message));
            return [];
        }
    }

    /// <summary>What is kept is masked, line by line as it is pointed into.</summary>
    private void Keep(string file, string kept)
    {
        if (_secrets.Mask is not null)
        {
            File.WriteAllText(file, _secrets.Apply(File.ReadAllText(file)));
        }

        File.Move(file, kept, overwrite: true);
    }

    private List<UnitDefinition> Define(List<UnitDeclaration> declared, List<Diagnostic> problems)
    {
        _settings ??= SettingsReader.Read(
            _request.Settings.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase),
            _request.MaxParallel,
            new SourceLocation(_request.ProjectFile),
            []);
        var reader = new UnitReader(_settings, _request.ProjectDirectory, _run, problems);
        string[] ofThisRun = ["Phase", _run.Phase, "RunPer", _run.RunPer.ToString()];
        List<UnitDefinition> units = new(declared.Count);
        foreach (UnitDeclaration declaration in declared)
        {
            UnitDeclaration here = declaration with { Metadata = new UnitMetadata(ofThisRun, declaration.Metadata) };
            if (reader.Read(here) is UnitDefinition unit)
            {
                foreach (string metadata in (ReadOnlySpan<string>)["Phase", "RunPer"])
                {
                    if (!string.IsNullOrWhiteSpace(declaration.Metadata.GetValueOrDefault(metadata)))
                    {
                        problems.Add(Diagnostics.NotOnAddedUnits(unit.Name, metadata, unit.Source));
                    }
                }

                units.Add(unit);
            }
        }

        return units;
    }
}

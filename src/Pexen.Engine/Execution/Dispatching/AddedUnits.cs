using System.Collections.Immutable;
using Pexen.Model;
using Pexen.Planning;
using Pexen.Records;

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
    private readonly PhaseRun _run;
    private readonly LivePlan _plan;
    private ProjectSettings? _settings;
    private PlanExtension? _accepted;

    public AddedUnits(RunRequest request, RunFolder folder)
    {
        _request = request;
        _folder = folder;
        _run = new PhaseRun(request.Phase, request.TargetFramework is null ? RunPer.Project : RunPer.TargetFramework);
        _plan = new LivePlan(request.Plan, request.MaxParallel, request.ProjectDirectory, request.MaxDynamicUnits);
    }

    /// <summary>To be called before others hear of the end of a unit after which it provides.</summary>
    /// <param name="writer">The unit.</param>
    /// <param name="file">What it may have written.</param>
    /// <param name="hasStarted">Whether the unit of an index has started, ended, or will never start.</param>
    /// <param name="problems">Why its units are refused; and messages about those that are not.</param>
    /// <returns>False: they are refused, all of them.</returns>
    public bool TryAccept(UnitRun writer, string file, Func<int, bool> hasStarted, ICollection<Diagnostic> problems)
    {
        // A pipe or a device in its place has no length, so it is never opened.
        var written = new FileInfo(file);
        if (!written.Exists || written.Length == 0)
        {
            return true;
        }

        List<Diagnostic> found = [];
        List<UnitDefinition> units = Read(writer, file, found);
        if (!found.Exists(problem => problem.Severity == Severity.Error))
        {
            PlanExtension? extension = units.Count == 0 ? new PlanExtension() : _plan.TryAdd(writer.Unit.Index, units, hasStarted, problems);
            _accepted = units.Count == 0 ? null : extension;
            foreach (Diagnostic warning in found)
            {
                problems.Add(warning);
            }

            return extension is not null;
        }

        foreach (Diagnostic problem in found.Where(problem => problem.Severity == Severity.Error).Take(MostProblemsSaid))
        {
            problems.Add(Diagnostics.AddedUnitRefused(writer.Definition, problem));
        }

        return false;
    }

    /// <summary>What was accepted since it was last taken, or null.</summary>
    public PlanExtension? Take()
    {
        PlanExtension? accepted = _accepted;
        _accepted = null;
        return accepted;
    }

    /// <summary>The side file becomes one of the run's logs: the units come from it, and problems point into it.</summary>
    private List<UnitDefinition> Read(UnitRun writer, string file, List<Diagnostic> problems)
    {
        string kept = _folder.LogOf(Path.GetFileNameWithoutExtension(writer.LogFile) + ".units");
        try
        {
            File.Move(file, kept, overwrite: true);
            using FileStream stream = new(kept, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            var origin = new UnitOrigin(Path.GetRelativePath(_request.ProjectDirectory, kept).Replace('\\', '/'), [writer.Definition.Name]);
            List<UnitDeclaration> declared = new JsonUnitReader(kept, origin, ImmutableDictionary<string, string>.Empty, problems).Read(stream);
            return Define(declared, problems);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add(Diagnostics.AddedUnitsUnreadable(writer.Definition, exception.Message));
            return [];
        }
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
                RefuseIfGiven("Phase", declaration, unit, problems);
                RefuseIfGiven("RunPer", declaration, unit, problems);
                units.Add(unit);
            }
        }

        return units;
    }

    private static void RefuseIfGiven(string metadata, UnitDeclaration declaration, UnitDefinition unit, List<Diagnostic> problems)
    {
        if (!string.IsNullOrWhiteSpace(declaration.Metadata.GetValueOrDefault(metadata)))
        {
            problems.Add(Diagnostics.NotOnAddedUnits(unit, metadata));
        }
    }
}

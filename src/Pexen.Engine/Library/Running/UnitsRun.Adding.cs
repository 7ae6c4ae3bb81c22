using System.Collections.Immutable;
using Pexen.Execution.Dispatching;
using Pexen.Model;
using Pexen.Planning;
using Pexen.Scheduling;

namespace Pexen.Library;

/// <summary>Units that are added while the run is under way (rule 32).</summary>
internal sealed partial class UnitsRun
{
    private LivePlan? _live;

    /// <summary>What units of the plan wait for besides, because of those that were added.</summary>
    private Dictionary<int, List<Dependency>>? _joined;

    /// <summary>From any thread, for everybody. Nothing is added if anything is wrong, nor if the run ends already.</summary>
    /// <exception cref="PlanException">What is wrong.</exception>
    public void Add(ImmutableArray<Unit> units)
    {
        UnitAttempt? next;
        lock (_gate)
        {
            if (_isOver || _stopping != StopReason.None)
            {
                return;
            }

            DiagnosticList problems = Extend(units, null);
            if (problems.HasErrors)
            {
                throw new PlanException(problems);
            }

            next = Continue();
        }

        HandToPool(next);
    }

    /// <summary>Under the lock: adds what a unit added. Null on success, else why not.</summary>
    private string? TryExtend(UnitAttempt by, ImmutableList<Unit> units)
    {
        DiagnosticList problems = Extend([.. units], by);
        return problems.HasErrors ? string.Join('\n', problems.Where(problem => problem.Severity == Severity.Error).Select(problem => problem.Message)) : null;
    }

    /// <summary>What stands against it, in errors; without one they have been added.</summary>
    private DiagnosticList Extend(ImmutableArray<Unit> units, UnitAttempt? by)
    {
        DiagnosticList problems = new();
        ImmutableArray<UnitDefinition> definitions = Read(units, by, problems);
        if (problems.HasErrors)
        {
            return problems;
        }

        _live ??= new LivePlan(_prepared.Plan, _options.MaxParallel, _prepared.Folder, _options.MaxDynamicUnits);
        PlanExtension? extension = _live.TryAdd(by?.Index ?? -1, definitions, HasStarted, problems);
        if (extension is null)
        {
            return problems;
        }

        foreach (Diagnostic note in problems)
        {
            _notes.Add(note);
        }

        _units.AddRange(units);
        _planned.AddRange(extension.Units);
        foreach (AddedDependency added in extension.Dependencies)
        {
            _joined ??= [];
            if (!_joined.TryGetValue(added.Unit, out List<Dependency>? joined))
            {
                _joined.Add(added.Unit, joined = []);
            }

            joined.Add(added.Dependency);
        }

        _scheduler.Add(extension);
        _groups?.Join();
        return problems;
    }

    private ImmutableArray<UnitDefinition> Read(ImmutableArray<Unit> units, UnitAttempt? by, DiagnosticList problems)
    {
        List<Diagnostic> found = [];
        UnitTexts texts = new(_options, _prepared.Folder, found);
        ImmutableArray<UnitDefinition> definitions = [.. units.Select(texts.Read)];
        if (found.Count == 0 && units.Any(unit => unit.Work is LaunchedWork))
        {
            try
            {
                PrepareProcesses();
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                found.Add(Diagnostics.RunFolderNotMade(_options.LogFolder ?? Path.GetTempPath(), problem.Message));
            }
        }

        foreach (Diagnostic problem in found)
        {
            problems.Add(by is null ? problem : Diagnostics.AddedUnitRefused(by.Definition, problem));
        }

        return definitions;
    }

    private bool HasStarted(int unit) =>
        HistoryOf(unit) is { Ended.Count: > 0 } || _scheduler.StateOf(unit) is not (UnitState.Waiting or UnitState.Ready or UnitState.Outside or UnitState.Resting);
}

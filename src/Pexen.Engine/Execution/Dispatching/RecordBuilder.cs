using System.Collections.Immutable;
using Pexen.Execution.Dispatching.Groups;
using Pexen.Execution.Exchange;
using Pexen.Model;
using Pexen.Records;

namespace Pexen.Execution.Dispatching;

/// <summary>Makes the record of a run from the request and what became of its units.</summary>
internal sealed class RecordBuilder(RunRequest request, IReadOnlyList<UnitRun> units, DateTimeOffset startedAt, ValueExchange exchange)
{
    private readonly ItemLines _lines = new();

    /// <summary>Those that only added units name.</summary>
    public List<ResourceDefinition> AddedResources { get; } = [];

    /// <summary>The lives of groups, where they have any.</summary>
    public GroupRuns? GroupRuns { get; set; }

    public RunRecord Build(RunOutcome outcome, DateTimeOffset? finishedAt, IEnumerable<Diagnostic> diagnostics, IEnumerable<HeldLockRecord> held)
    {
        ImmutableArray<UnitRecord> records = [.. units.Select(BuildUnit)];
        return new RunRecord
        {
            RunId = request.RunId,
            Project = request.ProjectName,
            Phase = request.Phase,
            TargetFramework = request.TargetFramework,
            StartedAt = startedAt,
            FinishedAt = finishedAt,
            Outcome = outcome.ToString(),
            MaxParallel = request.MaxParallel,
            Affinity = request.Affinity.ToString(),
            MemoryLimitBytes = request.MemoryLimit,
            MemoryKind = request.MemoryKind.ToString(),
            FailurePolicy = request.FailurePolicy.ToString(),
            Selection = request.Selection,
            History = request.History,
            Resources = [.. request.Plan.Resources.Concat(AddedResources).Select(resource => new ResourceRecord(resource.Name, resource.Capacity, resource.Scope.ToString(), resource.Instances))],
            Groups = BuildGroups(records),
            HeldLocks = [.. held],
            Diagnostics = [.. request.Diagnostics.Concat(diagnostics).Select(BuildDiagnostic)],
            Units = records,
        };
    }

    /// <summary>What is known while tests run: the units that have ended, and the services that are up as if they had.</summary>
    public RunRecord BuildReady(DateTimeOffset now, IEnumerable<Diagnostic> diagnostics, IEnumerable<HeldLockRecord> held)
    {
        RunRecord record = Build(RunOutcome.Succeeded, now, diagnostics, held);
        return record with
        {
            Units =
            [
                .. from unit in record.Units
                   let run = units[unit.Index]
                   where run.Outcome is not null || run.ReadyAt is not null
                   select run.Outcome is null ? unit with { Outcome = nameof(Outcome.Succeeded), Reason = "up" } : unit,
            ],
        };
    }

    /// <summary>The record that stands if nothing more is ever heard of this run: no unit has ended, and each names the log that it may come to have.</summary>
    public RunRecord BuildAsIfInterrupted()
    {
        RunRecord record = Build(RunOutcome.Interrupted, null, [], []);
        return record with
        {
            Units = [.. record.Units.Select(unit => AsIfInterrupted(unit, units[unit.Index]))],
        };
    }

    /// <summary>The same for one unit that was added since.</summary>
    public UnitRecord BuildAsIfInterrupted(UnitRun unit) => AsIfInterrupted(BuildUnit(unit), unit);

    private static UnitRecord AsIfInterrupted(UnitRecord record, UnitRun unit) => record with
    {
        Code = "PEX3009",
        Reason = "interrupted",
        Log = unit.FirstLogFile is string log ? $"logs/{log}" : null,
    };

    private ImmutableArray<GroupRecord> BuildGroups(ImmutableArray<UnitRecord> unitRecords)
    {
        if (request.Plan.Groups.IsEmpty)
        {
            return [];
        }

        GroupRecord[] records = [.. request.Plan.Groups.Select(group =>
            new GroupRecord(group.Name, group.MaxParallel, group.Exclusive, group.Parent, 0) { TimeoutMs = group.Timeout?.TotalMilliseconds })];
        foreach (GroupRun group in GroupRuns?.All ?? [])
        {
            string? outcome = group.TimedOut ? nameof(Outcome.TimedOut) : group.HookFailed ? nameof(Outcome.Failed) : null;
            records[group.Index] = records[group.Index] with { Outcome = outcome, Hooks = group.Hooks };
        }

        return GroupTally.Of([.. records], unitRecords);
    }

    private UnitRecord BuildUnit(UnitRun run)
    {
        UnitDefinition unit = run.Definition;
        string outcome = (run.Outcome ?? Outcome.Cancelled).ToString();
        string? log = run.HasLog ? $"logs/{run.LogFile}" : null;
        DateTimeOffset? started = At(run.Started);
        DateTimeOffset? finished = At(run.Finished);
        return new UnitRecord
        {
            Name = unit.Name,
            Index = run.Unit.Index,
            Outcome = outcome,
            Code = run.Code,
            Reason = run.Reason,
            CausedBy = run.CausedBy,
            StartedAt = started,
            FinishedAt = finished,
            DurationMs = run.Finished is long end && run.Started is long begin ? (end - begin) / 1e6 : null,
            LockWaitMs = run.Started is null ? null : run.LockWait / 1e6,
            PeakMemoryBytes = run.PeakMemory,
            CpuMs = run.ProcessorTime?.TotalMilliseconds,
            Requires = Requirements(unit),
            DependsOn = DependsOn(run),
            Provides = [.. unit.Provides.Select(capability => capability.ToString())],
            Claims = unit.Claims,
            Uses = [.. unit.Uses.Select(use => use.ToString())],
            Priority = unit.Priority,
            Slots = unit.Slots,
            Slot = run.Slot,
            Processors = run.Processors,
            Limits = BuildLimits(unit.Limits),
            Group = unit.Group,
            Service = unit.Service is not null,
            Finalizes = unit.Finalizes,
            AddedBy = run.Unit.AddedBy,
            Origin = unit.Origin is UnitOrigin origin ? new OriginRecord(origin.File, origin.Path) : null,
            Definition = unit.Digest.Length == 0 ? null : unit.Digest,
            Outputs = run.Outputs,
            Shared = exchange.ToRecord(run.Written),
            Results = exchange.Secrets.Apply(run.Results),
            ExitCode = run.ExitCode,
            Signal = run.Signal,
            Log = log,
            Attempts = run.AttemptStarted is null || run.IsMilestone ? run.Earlier : run.Earlier.Add(BuildAttempt(run)),
        };
    }

    /// <summary>The last attempt that started.</summary>
    public AttemptRecord BuildAttempt(UnitRun run)
    {
        // Flaky is said of the unit: the attempt itself succeeded.
        Outcome outcome = run.Outcome is null or Outcome.Flaky ? run.Outcome is null ? Outcome.Cancelled : Outcome.Succeeded : run.Outcome.Value;
        return new AttemptRecord(
            At(run.AttemptStarted)!.Value, At(run.Finished), outcome.ToString(), run.ExitCode, run.Signal, run.HasLog ? $"logs/{run.LogFile}" : null);
    }

    private static LimitsRecord? BuildLimits(Limits limits) => ReferenceEquals(limits, Limits.Default) ? null : new LimitsRecord(limits.Memory, limits.Category, limits.Size, limits.Preemptible);

    private static ImmutableArray<string> Requirements(UnitDefinition unit) => unit.Requires.IsEmpty ? [] : [.. unit.Requires.Select(one => one.Text)];

    private ImmutableArray<DependsOnRecord> DependsOn(UnitRun unit)
    {
        ImmutableArray<DependsOnRecord>.Builder records = ImmutableArray.CreateBuilder<DependsOnRecord>(unit.Unit.Dependencies.Length);
        foreach (Dependency dependency in unit.Unit.Dependencies)
        {
            UnitRun other = units[dependency.Unit];
            bool? provided = unit.StartTurn == 0 ? null : other.ProvidedTurn > 0 && other.ProvidedTurn < unit.StartTurn;
            records.Add(new DependsOnRecord(other.Definition.Name, dependency.Kind.ToString(), provided));
        }

        return records.MoveToImmutable();
    }

    private DiagnosticRecord BuildDiagnostic(Diagnostic diagnostic) => new(
        diagnostic.Code,
        diagnostic.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "message" },
        diagnostic.Unit,
        exchange.Secrets.Apply(diagnostic.Message),
        diagnostic.Location is { } location ? FileName(location.File) : null,
        LineOf(diagnostic));

    private int? LineOf(Diagnostic diagnostic) => diagnostic switch
    {
        { Location.Line: > 0 } => diagnostic.Location.Line,
        { Location: not null, Unit: string unit } => _lines.FindUnit(diagnostic.Location.File, unit),
        { Location: { ItemType: "PexenGroup" } source } when GroupAt(source) is string group => _lines.FindGroup(source.File, group),
        _ => null,
    };

    private string? GroupAt(SourceLocation source) => request.Plan.Groups.FirstOrDefault(group => source == group.Source)?.Name;

    /// <summary>Files are named as the project is: relative to the repository, with slashes.</summary>
    private string FileName(string file)
    {
        string project = request.ProjectFile.Replace('\\', '/');
        string path = file.Replace('\\', '/');
        if (!project.EndsWith(request.ProjectName, StringComparison.Ordinal))
        {
            return file;
        }

        string root = project[..^request.ProjectName.Length];
        return root.Length > 1 && path.StartsWith(root, StringComparison.Ordinal) ? path[root.Length..] : file;
    }

    private DateTimeOffset? At(long? nanoseconds) => nanoseconds is long value ? startedAt.AddTicks(value / 100) : null;
}

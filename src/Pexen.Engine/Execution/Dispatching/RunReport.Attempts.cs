using Pexen.Execution.Exchange;
using Pexen.Execution.Protocol;
using Pexen.Model;
using Pexen.Planning;
using Pexen.Records;

namespace Pexen.Execution.Dispatching;

/// <summary>How the end of an attempt is judged, and what is said of attempts that are not the last or take long.</summary>
internal sealed partial class RunReport
{
    public AttemptRecord RecordAttempt(UnitRun unit) => _builder.BuildAttempt(unit);

    /// <summary>Judges the end and notes it in the unit's account. Says nothing yet: the journal is first.</summary>
    /// <param name="unit">Whose attempt ended.</param>
    /// <param name="end">How.</param>
    /// <param name="mayRest">Whether anything may start again.</param>
    public Verdict Ended(UnitRun unit, AttemptEnd end, bool mayRest)
    {
        unit.ExitCode = unit.IsMilestone ? null : end.ExitCode;
        unit.Signal = end.Signal;
        unit.HasLog = end.OutputBytes > 0;
        string? log = unit.HasLog ? _folder.LogOf(unit.LogFile!) : null;
        Verdict verdict = AttemptJudge.Judge(unit.Definition, end, unit.Stopping, log, OperatingSystem.IsWindows(), unit.MemoryStop);
        if (unit.Definition.Service is not null)
        {
            verdict = ServiceJudge.Judge(unit, end, verdict, log);
        }

        if (verdict.Outcome == Outcome.Succeeded && !unit.Definition.Outputs.IsEmpty)
        {
            // A Timeout that passes is followed by no other attempt, whatever is missing then (rule 22).
            verdict = CheckOutputs(unit, log) is not Verdict missing ? verdict : unit.Stopping == StopReason.Timeout ? missing with { Cause = RetryCauses.None } : missing;
        }

        verdict = ReadValues(unit, verdict, mayRest);
        unit.Outcome = verdict.Outcome;
        unit.Code = verdict.Code ?? verdict.Diagnostic?.Code;
        unit.Reason = verdict.Reason;
        if (unit.Stopping == StopReason.Chained && verdict.Outcome == Outcome.Cancelled)
        {
            (unit.Code, unit.CausedBy) = (unit.ChainedBy!.Code, unit.ChainedBy.Definition.Name);
        }

        return verdict;
    }

    /// <summary>A service is ready: what it wrote so far passes to its dependents.</summary>
    public void ReadAtReadiness(UnitRun unit)
    {
        WrittenValues? written = _exchange.ReadSoFar(unit);
        foreach (Diagnostic problem in written?.Problems ?? [])
        {
            Say(problem);
        }

        _exchange.Account(unit, written, provided: true);
    }

    /// <summary>An attempt takes long. The record has it once, who watches hears of it again and again.</summary>
    /// <param name="unit">Whose attempt.</param>
    /// <param name="activity">What it does, or null where that is not known.</param>
    /// <param name="now">The time.</param>
    public void Slow(UnitRun unit, AttemptActivity? activity, long now)
    {
        string? lastLine = unit.LogFile is null ? null : LogExcerpt.Read(_folder.LogOf(unit.LogFile), lastLines: 1).FirstOrDefault()?.Trim();
        Diagnostic diagnostic = _exchange.Secrets.Apply(Diagnostics.UnitSlow(
            unit.Definition,
            _clock.StartedAt.AddTicks(unit.AttemptStarted!.Value / 100),
            TimeSpan.FromTicks((now - unit.AttemptStarted.Value) / 100),
            lastLine is { Length: > 0 and <= LongestLastLine } ? lastLine : null,
            activity,
            WaitingFor(unit)));
        if (!unit.SaidSlow)
        {
            unit.SaidSlow = true;
            _diagnostics.Add(diagnostic);
        }

        _observe(new DiagnosticMessage(diagnostic, Loud: true));
    }

    /// <summary>Who cannot start before it ends: its dependents, and those that want what it holds.</summary>
    private List<string> WaitingFor(UnitRun unit)
    {
        UnitDefinition slow = unit.Definition;
        List<string> names = [];
        foreach (UnitRun other in _units)
        {
            if (other == unit || other.Outcome is not null || other.AttemptStarted is not null)
            {
                continue;
            }

            bool depends = other.Unit.Dependencies.Any(dependency => dependency.Unit == unit.Unit.Index);
            if (depends || (other.IsReady && (Wants(other.Definition.Claims, slow) || Uses(other.Definition, slow.Claims))))
            {
                names.Add(other.Definition.Name);
            }
        }

        return names;
    }

    private static bool Wants(IEnumerable<string> claims, UnitDefinition slow) =>
        claims.Any(claim => slow.Claims.Concat(slow.Uses.Select(use => use.Resource)).Any(held => ResourcePath.AreOnOnePath(claim, held)));

    private static bool Uses(UnitDefinition other, IEnumerable<string> claimed) =>
        claimed.Any(claim => other.Uses.Any(use => ResourcePath.AreOnOnePath(use.Resource, claim)));

    /// <summary>What the unit wrote for others; if that cannot be read, those who wait for it must not run as if it had written nothing.</summary>
    private Verdict ReadValues(UnitRun unit, Verdict verdict, bool mayRest)
    {
        WrittenValues? written = _exchange.Read(unit);
        if (unit.ReadyAt is not null)
        {
            // What counts of it was read when it was ready; results may have come since.
            unit.Results = written?.Results ?? unit.Results;
            unit.Provided = verdict.Completion.Provided;
            return verdict.Outcome == Outcome.Succeeded && unit.Tries > 1 ? AsFlaky(unit, verdict) : verdict;
        }

        if (written is not null)
        {
            unit.ValueProblems = written.Problems;
            if (written.Failure is string failure)
            {
                if (verdict.Outcome == Outcome.Succeeded)
                {
                    verdict = AttemptJudge.UnreadableValues(unit.Definition, failure);
                }
                else
                {
                    unit.ValueProblems = [.. written.Problems, Diagnostics.ValuesOfFailedUnitUnreadable(unit.Definition, failure)];
                }
            }
        }

        // What it leaves behind, and adds, counts after its last attempt.
        verdict = WithRest(unit, verdict, mayRest);
        verdict = verdict.Rest is null ? WithRest(unit, ReadAdded(unit, verdict), mayRest) : verdict;
        _exchange.Account(unit, written, verdict.Rest is null && verdict.Completion.Provided);

        // A service that was never ready and is not needed any more has succeeded at nothing.
        bool reached = unit.Definition.Service is null;
        return reached && verdict.Outcome == Outcome.Succeeded && unit.Tries > 1 ? AsFlaky(unit, verdict) : verdict;
    }

    /// <summary>If the unit is tried again, the failure is no error: a message says it.</summary>
    private static Verdict WithRest(UnitRun unit, Verdict verdict, bool mayRest)
    {
        if (!mayRest || RetryPolicy.DelayBeforeNext(unit, verdict, unit.ExitCode) is not TimeSpan delay)
        {
            return verdict;
        }

        Diagnostic? said = verdict.Diagnostic is Diagnostic why ? Diagnostics.UnitTriedAgain(why, unit.Tries, unit.Definition.Timing.Retries + 1, delay) : null;
        return verdict with { Rest = delay, Diagnostic = said };
    }

    private static Verdict AsFlaky(UnitRun unit, Verdict verdict) => verdict with
    {
        Outcome = Outcome.Flaky,
        Reason = verdict.Reason ?? $"attempt {unit.Attempt}",
        Diagnostic = Diagnostics.UnitFlaky(unit.Definition, unit.Attempt, unit.Earlier.Last(one => one.Outcome != nameof(Outcome.Cancelled))),
    };
}

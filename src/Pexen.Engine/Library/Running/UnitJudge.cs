using Pexen.Execution;
using Pexen.Execution.Dispatching;
using Pexen.Model;
using Pexen.Scheduling;

namespace Pexen.Library;

/// <summary>Says what the end of a unit means. A function of its arguments.</summary>
internal static class UnitJudge
{
    /// <param name="unit">The unit.</param>
    /// <param name="end">How its work ended.</param>
    /// <param name="stopping">Why it was asked to end, if it was.</param>
    /// <param name="log">Where the output of a process is to be read.</param>
    public static Judgement Judge(UnitDefinition unit, in UnitEnd end, StopReason stopping, string? log)
    {
        if (end.Process is not null)
        {
            return JudgeProcess(unit, end.Process, stopping, log);
        }

        if (stopping != StopReason.None)
        {
            return JudgeStopped(unit, end.Error?.Exception as ControlledFailureException, stopping);
        }

        if (end.Error is not ExceptionInfo error)
        {
            return new Judgement(Outcome.Succeeded, Completion.Success);
        }

        string reason = error.Type[(error.Type.LastIndexOf('.') + 1)..];
        return error.Exception is ControlledFailureException controlled
            ? new Judgement(
                Outcome.ControlledFailure,
                Complete(unit, AftermathOf(unit, controlled)),
                "PEX3001",
                reason,
                Diagnostics.DelegateFailedControlled(unit, error).Message)
            : new Judgement(Outcome.Failed, Complete(unit, unit.OnCrash), "PEX3001", reason, Diagnostics.DelegateThrew(unit, error).Message);
    }

    /// <summary>A delegate that did not end when it was asked to. It may still be at work, so what it holds stays held whatever it said.</summary>
    public static Judgement JudgeAbandoned(UnitDefinition unit, StopReason stopping)
    {
        Judgement judged = JudgeStopped(unit, null, stopping);
        bool overWithTheRun = stopping != StopReason.Timeout;
        return judged with
        {
            Completion = judged.Completion with { ReleasesLocks = overWithTheRun },
            Reason = $"{judged.Reason}, abandoned",
            Message = Diagnostics.DelegateAbandoned(unit).Message,
        };
    }

    /// <summary>It ended well, but the units it added were refused.</summary>
    public static Judgement JudgeRefused(UnitDefinition unit, string message) =>
        new(Outcome.Failed, Complete(unit, unit.OnFailure), "PEX1013", "added units refused", message);

    /// <summary>It ended well, but what it wrote for others cannot be read.</summary>
    public static Judgement JudgeUnreadable(UnitDefinition unit, string why) => ToJudgement(AttemptJudge.UnreadableValues(unit, why));

    private static Judgement JudgeStopped(UnitDefinition unit, ControlledFailureException? controlled, StopReason stopping) => stopping switch
    {
        StopReason.Cancelled => new Judgement(Outcome.Cancelled, new Completion(false, true, false), "PEX3009", "cancelled"),

        // The run is over with it, so nothing is left that its locks could be kept from.
        StopReason.RunTimeout => new Judgement(Outcome.TimedOut, new Completion(false, true, false), "PEX3005", "run timeout"),
        _ => new Judgement(
            Outcome.TimedOut,
            Complete(unit, controlled is null ? unit.OnCrash : AftermathOf(unit, controlled)),
            "PEX3002",
            "timeout",
            Diagnostics.DelegateTimedOut(unit).Message),
    };

    private static Judgement JudgeProcess(UnitDefinition unit, AttemptEnd end, StopReason stopping, string? log) =>
        ToJudgement(AttemptJudge.Judge(unit, end, stopping, log, OperatingSystem.IsWindows()));

    private static Judgement ToJudgement(Verdict verdict) =>
        new(verdict.Outcome, verdict.Completion, verdict.Diagnostic?.Code ?? verdict.Code, verdict.Reason, verdict.Diagnostic?.Message);

    private static Aftermath AftermathOf(UnitDefinition unit, ControlledFailureException controlled) =>
        unit.OnControlledFailure & ((controlled.Provide ? Aftermath.Provide : 0) | (controlled.ReleaseLocks ? Aftermath.ReleaseLocks : 0));

    /// <summary>Failures under ContinueOnError do not count for <c>FailFast</c> (rule 21).</summary>
    private static Completion Complete(UnitDefinition unit, Aftermath aftermath) => new(
        aftermath.HasFlag(Aftermath.Provide), aftermath.HasFlag(Aftermath.ReleaseLocks), unit.ContinueOnError == FailureTolerance.ErrorAndStop);
}

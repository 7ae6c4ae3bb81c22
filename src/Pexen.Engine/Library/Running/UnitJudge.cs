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
    /// <param name="memory">What was seen if it was stopped for its memory, or null.</param>
    public static Judgement Judge(UnitDefinition unit, in UnitEnd end, StopReason stopping, string? log, MemoryStop? memory)
    {
        if (end.Process is not null)
        {
            return ToJudgement(AttemptJudge.Judge(unit, end.Process, stopping, log, OperatingSystem.IsWindows(), memory));
        }

        if (stopping != StopReason.None)
        {
            var said = end.Error?.Exception as ControlledFailureException;
            return stopping == StopReason.Timeout && unit.Timing.OnTimeout == TimeoutMeaning.Pass
                ? JudgePassed(unit, end.Error, said)
                : JudgeStopped(unit, said, stopping);
        }

        if (end.Error is not ExceptionInfo error)
        {
            return new Judgement(Outcome.Succeeded, Completion.Success);
        }

        return error.Exception is ControlledFailureException controlled
            ? JudgeControlled(unit, error, controlled)
            : new Judgement(Outcome.Failed, Complete(unit, unit.OnCrash), "PEX3001", NameOf(error), Diagnostics.DelegateThrew(unit, error).Message, RetryCauses.Crash);
    }

    /// <summary>A delegate that did not end when it was asked to. It may still be at work, so what it holds stays held whatever it said.</summary>
    public static Judgement JudgeAbandoned(UnitDefinition unit, StopReason stopping)
    {
        Judgement judged = JudgeStopped(unit, null, stopping);
        bool overWithTheRun = stopping is StopReason.Cancelled or StopReason.RunTimeout;
        return judged with
        {
            Completion = judged.Completion with { ReleasesLocks = overWithTheRun },
            Reason = $"{judged.Reason}, abandoned",
            Message = Diagnostics.DelegateAbandoned(unit).Message,

            // Another attempt would be beside this one.
            Cause = RetryCauses.None,
        };
    }

    /// <summary>It succeeded, after attempts that did not.</summary>
    /// <param name="judged">Its last attempt.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="attempts">How many it took.</param>
    /// <param name="before">The last of those that did not.</param>
    public static Judgement JudgeFlaky(in Judgement judged, UnitDefinition unit, int attempts, AttemptResult before)
    {
        Diagnostic flaky = Diagnostics.UnitFlakyInLibrary(unit, attempts, before);
        return judged with { Outcome = Outcome.Flaky, Code = flaky.Code, Reason = judged.Reason ?? $"attempt {attempts}", Message = flaky.Message };
    }

    /// <summary>It ended well, but the units it added were refused.</summary>
    public static Judgement JudgeRefused(UnitDefinition unit, string message) =>
        new(Outcome.Failed, Complete(unit, unit.OnFailure), "PEX1013", "added units refused", message, RetryCauses.Failure);

    /// <summary>It ended well, but what it wrote for others cannot be read.</summary>
    public static Judgement JudgeUnreadable(UnitDefinition unit, string why) => ToJudgement(AttemptJudge.UnreadableValues(unit, why));

    private static Judgement JudgeStopped(UnitDefinition unit, ControlledFailureException? controlled, StopReason stopping) => stopping switch
    {
        StopReason.Cancelled => new Judgement(Outcome.Cancelled, Completion.Stopped, "PEX3009", "cancelled"),

        // The run is over with it, so nothing is left that its locks could be kept from.
        StopReason.RunTimeout => new Judgement(Outcome.TimedOut, Completion.Stopped, "PEX3005", "run timeout"),
        StopReason.GroupTimeout => new Judgement(
            Outcome.TimedOut, Complete(unit, controlled is null ? unit.OnCrash : AftermathOf(unit, controlled)), "PEX3002", "group timeout"),
        StopReason.TotalTimeout => JudgeLate(unit, controlled, "total timeout", Diagnostics.DelegateTimedOutInTotal(unit)),
        _ => JudgeLate(unit, controlled, "timeout", Diagnostics.DelegateTimedOut(unit)) with { Cause = RetryCauses.Timeout },
    };

    private static Judgement JudgeLate(UnitDefinition unit, ControlledFailureException? controlled, string reason, Diagnostic why) => new(
        Outcome.TimedOut, Complete(unit, controlled is null ? unit.OnCrash : AftermathOf(unit, controlled)), why.Code, reason, why.Message);

    /// <summary>Its time was up, which is what it was to come to (rule 22). An exception is how delegates end that are asked to; only a controlled failure is meant as one.</summary>
    private static Judgement JudgePassed(UnitDefinition unit, ExceptionInfo? error, ControlledFailureException? controlled) =>
        controlled is null ? new Judgement(Outcome.Succeeded, Completion.Success, Reason: "timeout") : JudgeControlled(unit, error!, controlled);

    private static Judgement JudgeControlled(UnitDefinition unit, ExceptionInfo error, ControlledFailureException controlled) => new(
        Outcome.ControlledFailure, Complete(unit, AftermathOf(unit, controlled)), "PEX3001", NameOf(error), Diagnostics.DelegateFailedControlled(unit, error).Message);

    private static string NameOf(ExceptionInfo error) => error.Type[(error.Type.LastIndexOf('.') + 1)..];

    private static Judgement ToJudgement(Verdict verdict) =>
        new(verdict.Outcome, verdict.Completion, verdict.Diagnostic?.Code ?? verdict.Code, verdict.Reason, verdict.Diagnostic?.Message, verdict.Cause) { IsPreempted = verdict.IsPreempted };

    private static Aftermath AftermathOf(UnitDefinition unit, ControlledFailureException controlled) =>
        unit.OnControlledFailure & ((controlled.Provide ? Aftermath.Provide : 0) | (controlled.ReleaseLocks ? Aftermath.ReleaseLocks : 0));

    /// <summary>Failures under ContinueOnError do not count for <c>FailFast</c> (rule 21).</summary>
    private static Completion Complete(UnitDefinition unit, Aftermath aftermath) => new(
        aftermath.HasFlag(Aftermath.Provide), aftermath.HasFlag(Aftermath.ReleaseLocks), unit.ContinueOnError == FailureTolerance.ErrorAndStop, Failed: true);
}

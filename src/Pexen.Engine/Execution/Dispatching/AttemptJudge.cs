using System.Globalization;
using Pexen.Execution.Workers;
using Pexen.Model;
using Pexen.Scheduling;

namespace Pexen.Execution.Dispatching;

/// <summary>Says what the end of an attempt means: outcome, aftermath and message. A function of its arguments.</summary>
internal static class AttemptJudge
{
    /// <param name="unit">The unit.</param>
    /// <param name="end">How its process ended.</param>
    /// <param name="stopping">Why we were stopping it, if we were.</param>
    /// <param name="log">Its log, for the message, or null when it wrote nothing.</param>
    /// <param name="windows">Which exit codes hide a crash depends on the system (rule 17).</param>
    /// <param name="memory">What was seen when it was stopped for its memory, or null.</param>
    public static Verdict Judge(UnitDefinition unit, AttemptEnd end, StopReason stopping, string? log, bool windows, MemoryStop? memory = null)
    {
        if (end.StartFailure is string notStarted)
        {
            return Failed(unit, unit.OnFailure, "not started", Diagnostics.UnitNotStarted(unit, notStarted)) with { Cause = RetryCauses.NotStarted };
        }

        if (end.OutputFailure is string notWritten)
        {
            // It was stopped in the middle of its work: that is no ending by its own word.
            return Crashed(unit, "output not written", Diagnostics.UnitOutputNotWritten(unit, notWritten));
        }

        if (end.Stopped)
        {
            switch (stopping)
            {
                case StopReason.Cancelled:
                    return new Verdict(Outcome.Cancelled, Completion.Stopped, "cancelled", Code: "PEX3009");
                case StopReason.ServiceDied:
                    return new Verdict(Outcome.Cancelled, Completion.Stopped, "service ended", Code: "PEX4001");
                case StopReason.RunTimeout:
                    // The run is over with it, so nothing is left that its locks could be kept from.
                    return new Verdict(Outcome.TimedOut, Completion.Stopped, "run timeout", Code: "PEX3005");
                case StopReason.GroupTimeout:
                    // The group says why, once for all; and no attempt follows.
                    return new Verdict(Outcome.TimedOut, Complete(unit, unit.OnCrash), "group timeout", Code: "PEX3002");
                // The Timeout of a service ends when it is ready: one that was not has nothing to pass with.
                case StopReason.Timeout when unit.Timing.OnTimeout == TimeoutMeaning.Pass && unit.Service is null:
                    return new Verdict(Outcome.Succeeded, Completion.Success, "timeout");
                case StopReason.Timeout:
                    return TimedOut(unit, "timeout", Diagnostics.UnitTimedOut(unit, log)) with { Cause = RetryCauses.Timeout, BreaksLimit = true };
                case StopReason.IdleTimeout:
                    return TimedOut(unit, "idle timeout", Diagnostics.UnitIdle(unit, log)) with { Cause = RetryCauses.Timeout };
                case StopReason.TotalTimeout:
                    return TimedOut(unit, "total timeout", Diagnostics.UnitTimedOutInTotal(unit, log)) with { BreaksLimit = true };
                case StopReason.Memory:
                    return TooMuchMemory(unit, "memory limit", Diagnostics.UnitTookTooMuchMemory(unit, memory!.Unit, log)) with { BreaksLimit = true };
                case StopReason.RunMemory:
                    return TooMuchMemory(unit, "run memory limit", Diagnostics.UnitAloneTookTooMuchMemory(unit, memory!, log)) with { BreaksLimit = true };
                case StopReason.PreemptedTooOften:
                    return TooMuchMemory(unit, "preempted too often", Diagnostics.UnitPreemptedTooOften(unit, memory!, log));
                case StopReason.Chained:
                    return new Verdict(Outcome.Cancelled, Completion.Stopped, "chained");
                case StopReason.Preempted:
                    return new Verdict(Outcome.Cancelled, new Completion(false, true, false), "preempted", Diagnostics.UnitPreempted(unit, memory!), "PEX3010") { IsPreempted = true };
            }
        }

        if (end.Signal is int signal)
        {
            return Crashed(unit, Number($"signal {signal}"), Diagnostics.UnitSignalled(unit, signal, log));
        }

        if (unit.Work is MethodWork)
        {
            return JudgeMethod(unit, end, log);
        }

        return JudgeExitCode(unit, end.ExitCode ?? 0, log, windows);
    }

    /// <summary>A service was not ready in time.</summary>
    public static Verdict NotReady(UnitDefinition unit, string? log) =>
        TimedOut(unit, "not ready", Diagnostics.ServiceNotReady(unit, log)) with { Cause = RetryCauses.Timeout };

    /// <summary>A service ended by itself, and well, but others need it.</summary>
    public static Verdict EndedTooEarly(UnitDefinition unit, bool wasReady, string? log) =>
        Failed(unit, unit.OnFailure, wasReady ? "ended while needed" : "ended before it was ready", Diagnostics.ServiceEnded(unit, wasReady, log));

    /// <summary>It ended well, but what it declares is not there.</summary>
    public static Verdict MissingOutputs(UnitDefinition unit, IReadOnlyList<string> missing, string? log) =>
        Failed(unit, unit.OnFailure, "output missing", Diagnostics.OutputMissing(unit, missing, log));

    /// <summary>It ended well, but what it declares cannot be read.</summary>
    public static Verdict UnreadableOutputs(UnitDefinition unit, string why) =>
        Failed(unit, unit.OnFailure, "output unreadable", Diagnostics.OutputUnreadable(unit, why));

    /// <summary>A method has no exit code. One that did not come back has ended its process, whatever it said with it.</summary>
    private static Verdict JudgeMethod(UnitDefinition unit, AttemptEnd end, string? log) => end switch
    {
        { MethodFailure: { Kind: MethodFailureKind.Controlled } failure } => new Verdict(
            Outcome.ControlledFailure,
            Complete(unit, unit.OnControlledFailure & Allowed(failure)),
            $"exception {failure.Type}",
            Diagnostics.MethodFailedControlled(unit, failure, log)),
        { MethodFailure: { Kind: MethodFailureKind.NotCarried } failure } =>
            Failed(unit, unit.OnFailure, "result not carried", Diagnostics.MethodResultNotCarried(unit, failure.Message, log)),
        { MethodFailure: { } failure } => Crashed(unit, $"exception {failure.Type}", Diagnostics.MethodThrew(unit, failure, log)),
        { CameBack: true } => new Verdict(Outcome.Succeeded, Completion.Success),
        _ => Crashed(unit, Number($"exit code {end.ExitCode} inside the method"), Diagnostics.MethodEndedItsProcess(unit, end.ExitCode ?? 0, log)),
    };

    private static Aftermath Allowed(MethodFailure failure) =>
        (failure.Provide ? Aftermath.Provide : Aftermath.None) | (failure.ReleaseLocks ? Aftermath.ReleaseLocks : Aftermath.None);

    /// <summary>It ended well, but what it wrote for others cannot be read.</summary>
    public static Verdict UnreadableValues(UnitDefinition unit, string why) =>
        Failed(unit, unit.OnFailure, "values unreadable", Diagnostics.ValuesUnreadable(unit, why));

    /// <summary>It ended well, but what it added to the run is refused.</summary>
    public static Verdict UnitsRefused(UnitDefinition unit, Diagnostic why) => Failed(unit, unit.OnFailure, "added units refused", why);

    private static Verdict JudgeExitCode(UnitDefinition unit, int code, string? log, bool windows)
    {
        if (unit.SuccessExitCodes.Contains(code))
        {
            return new Verdict(Outcome.Succeeded, Completion.Success);
        }

        if (unit.ControlledExitCodes.Contains(code))
        {
            return new Verdict(
                Outcome.ControlledFailure,
                Complete(unit, unit.OnControlledFailure),
                Number($"exit code {code}"),
                Diagnostics.UnitFailedControlled(unit, code, log));
        }

        if (unit.SkipExitCodes.Contains(code))
        {
            return new Verdict(Outcome.Skipped, Completion.NotApplicable, "notApplicable");
        }

        if (windows && unchecked((uint)code) >= 0xC0000000)
        {
            return Crashed(unit, $"exit code 0x{code:X8}", Diagnostics.UnitCrashedOnWindows(unit, code, log));
        }

        if (!windows && unit.Work is CommandWork or ScriptWork && IsHiddenSignal(code))
        {
            return Crashed(
                unit,
                Number($"signal {code - 128}"),
                Diagnostics.UnitSignalledBehindShell(unit, code, code - 128, log));
        }

        return Failed(unit, unit.OnFailure, Number($"exit code {code}"), Diagnostics.UnitFailed(unit, code, log));
    }

    /// <summary>Rule 17; 129 and 130 are not among them, for git and others use them.</summary>
    public static bool IsHiddenSignal(int code) => code is (>= 131 and <= 139) or 141 or 143 or (>= 152 and <= 159);

    private static Verdict Failed(UnitDefinition unit, Aftermath aftermath, string reason, Diagnostic diagnostic) =>
        new(Outcome.Failed, Complete(unit, aftermath), reason, diagnostic, Cause: RetryCauses.Failure);

    private static Verdict Crashed(UnitDefinition unit, string reason, Diagnostic diagnostic) =>
        Failed(unit, unit.OnCrash, reason, diagnostic) with { Cause = RetryCauses.Crash };

    private static Verdict TooMuchMemory(UnitDefinition unit, string reason, Diagnostic diagnostic) =>
        Crashed(unit, reason, diagnostic) with { Cause = RetryCauses.Memory };

    private static Verdict TimedOut(UnitDefinition unit, string reason, Diagnostic diagnostic) =>
        new(Outcome.TimedOut, Complete(unit, unit.OnCrash), reason, diagnostic);

    /// <summary>Failures under ContinueOnError do not count for <c>FailFast</c> (rule 21).</summary>
    private static Completion Complete(UnitDefinition unit, Aftermath aftermath) => new(
        aftermath.HasFlag(Aftermath.Provide),
        aftermath.HasFlag(Aftermath.ReleaseLocks),
        unit.ContinueOnError == FailureTolerance.ErrorAndStop,
        Failed: true);

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

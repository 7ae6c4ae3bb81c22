using Pexen.Model;

namespace Pexen.Execution.Dispatching;

/// <summary>Says whether a unit is tried again after an attempt, and when. A function of its arguments.</summary>
internal static class RetryPolicy
{
    /// <param name="unit">The unit, whose attempt has ended.</param>
    /// <param name="verdict">What the end means.</param>
    /// <param name="exitCode">Of the attempt, or null.</param>
    /// <returns>How long it rests before its next attempt, or null if there is none.</returns>
    public static TimeSpan? DelayBeforeNext(UnitRun unit, Verdict verdict, int? exitCode) =>
        // A milestone does nothing that could end otherwise the next time.
        unit.IsMilestone ? null : DelayBeforeNext(unit.Definition.Timing, unit.Tries, TimeSpan.FromTicks(unit.Spent / 100), verdict.Outcome, verdict.Cause, exitCode);

    /// <param name="timing">What the unit says of attempts.</param>
    /// <param name="tries">How many it has had.</param>
    /// <param name="spent">Time in them and in the rests between them.</param>
    /// <param name="outcome">Of the last.</param>
    /// <param name="cause">In which way it went wrong.</param>
    /// <param name="exitCode">Of the last, or null.</param>
    /// <returns>How long it rests before its next attempt, or null if there is none.</returns>
    public static TimeSpan? DelayBeforeNext(Timing timing, int tries, TimeSpan spent, Outcome outcome, RetryCauses cause, int? exitCode)
    {
        if (tries > timing.Retries || !Covers(timing, outcome, cause, exitCode))
        {
            return null;
        }

        TimeSpan delay = Delay(timing, tries);
        return timing.TotalTimeout is TimeSpan total && spent + delay >= total ? null : delay;
    }

    /// <summary>Whether a unit that was to be stopped for this is tried no more, even if it was quicker and ended by itself.</summary>
    public static bool EndsForGood(StopReason stopping) => stopping is StopReason.TotalTimeout or StopReason.RunTimeout or StopReason.Chained
        or StopReason.GroupTimeout or StopReason.NotNeeded or StopReason.ServiceDied or StopReason.Cancelled;

    /// <summary>Whether nobody knows the state that such an attempt left, so that what it holds stays held until the next (rule 18).</summary>
    public static bool LeavesUnknownState(RetryCauses cause) => cause is RetryCauses.Crash or RetryCauses.Timeout or RetryCauses.Memory or RetryCauses.System;

    /// <summary>Of the delay after the first attempt, the second, and so on.</summary>
    public static TimeSpan Delay(Timing timing, int attempt)
    {
        double milliseconds = timing.RetryDelay.TotalMilliseconds * Math.Pow(timing.RetryBackoff, attempt - 1);
        return milliseconds < Timing.LongestRetryDelay.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : Timing.LongestRetryDelay;
    }

    private static bool Covers(Timing timing, Outcome outcome, RetryCauses cause, int? exitCode) =>
        (timing.RetryOn & cause) != 0
        || (outcome is Outcome.Failed or Outcome.ControlledFailure && exitCode is int code && timing.RetryOnExitCodes.Contains(code));
}

using Pexen.Model;

namespace Pexen.Execution.Dispatching;

/// <summary>Says whether a unit is tried again after an attempt, and when. A function of its arguments.</summary>
internal static class RetryPolicy
{
    /// <param name="unit">The unit, whose attempt has ended.</param>
    /// <param name="verdict">What the end means.</param>
    /// <param name="exitCode">Of the attempt, or null.</param>
    /// <returns>How long it rests before its next attempt, or null if there is none.</returns>
    public static TimeSpan? DelayBeforeNext(UnitRun unit, Verdict verdict, int? exitCode)
    {
        Timing timing = unit.Definition.Timing;

        // A milestone does nothing that could end otherwise the next time.
        if (unit.IsMilestone || unit.Tries > timing.Retries || !Covers(timing, verdict, exitCode))
        {
            return null;
        }

        TimeSpan delay = Delay(timing, unit.Tries);
        return timing.TotalTimeout is TimeSpan total && unit.Spent + RunClock.Nanoseconds(delay) >= RunClock.Nanoseconds(total) ? null : delay;
    }

    /// <summary>Of the delay after the first attempt, the second, and so on.</summary>
    public static TimeSpan Delay(Timing timing, int attempt)
    {
        double milliseconds = timing.RetryDelay.TotalMilliseconds * Math.Pow(timing.RetryBackoff, attempt - 1);
        return milliseconds < Timing.LongestRetryDelay.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : Timing.LongestRetryDelay;
    }

    private static bool Covers(Timing timing, Verdict verdict, int? exitCode) =>
        (timing.RetryOn & verdict.Cause) != 0
        || (verdict.Outcome is Outcome.Failed or Outcome.ControlledFailure && exitCode is int code && timing.RetryOnExitCodes.Contains(code));
}

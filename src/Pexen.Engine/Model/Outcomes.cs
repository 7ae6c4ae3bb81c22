namespace Pexen.Model;

/// <summary>What outcomes have in common.</summary>
internal static class Outcomes
{
    /// <summary>Whether the unit succeeded, in whichever way.</summary>
    public static bool IsSuccess(this Outcome outcome) =>
        outcome is Outcome.Succeeded or Outcome.UpToDate or Outcome.Cached or Outcome.Resumed or Outcome.Flaky;

    /// <summary>Whether it ran and did not succeed, in whichever way.</summary>
    public static bool IsFailure(this Outcome outcome) => outcome is Outcome.Failed or Outcome.TimedOut or Outcome.ControlledFailure;
}

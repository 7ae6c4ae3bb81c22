namespace Pexen.Model;

/// <summary>What outcomes have in common.</summary>
internal static class Outcomes
{
    /// <summary>Whether the unit succeeded, in whichever way.</summary>
    public static bool IsSuccess(this Outcome outcome) =>
        outcome is Outcome.Succeeded or Outcome.UpToDate or Outcome.Cached or Outcome.Resumed or Outcome.Flaky;
}

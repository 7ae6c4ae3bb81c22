using Pexen.Scheduling;

namespace Pexen.Execution.Dispatching;

/// <summary>Says what the end of a service means where that is not what it means of other units (rule 26).</summary>
internal static class ServiceJudge
{
    /// <param name="unit">The service.</param>
    /// <param name="end">How its process ended.</param>
    /// <param name="otherwise">What that would mean of a unit that is no service.</param>
    /// <param name="log">Its log, or null.</param>
    public static Verdict Judge(UnitRun unit, AttemptEnd end, Verdict otherwise, string? log)
    {
        Verdict verdict = JudgeEnd(unit, end, otherwise, log);

        // Whatever OnFailure and its like say: who needs a service needs it running.
        return verdict.Outcome == Outcome.Succeeded ? verdict : verdict with { Completion = verdict.Completion with { Provided = false } };
    }

    private static Verdict JudgeEnd(UnitRun unit, AttemptEnd end, Verdict otherwise, string? log)
    {
        if (end.StartFailure is not null || end.OutputFailure is not null)
        {
            return otherwise;
        }

        switch (unit.Stopping)
        {
            case StopReason.NotNeeded:
                return new Verdict(Outcome.Succeeded, Completion.Success, "stopped");
            case StopReason.NotReady when end.Stopped:
                return AttemptJudge.NotReady(unit.Definition, log);
        }

        // Before it is ready it may say that it does not apply here; no other exit code is a good one, nor one after which others could go on.
        bool wasReady = unit.ReadyAt is not null;
        bool tooEarly = otherwise.Outcome is Outcome.Succeeded or Outcome.ControlledFailure || (wasReady && otherwise.Outcome == Outcome.Skipped);
        return tooEarly ? AttemptJudge.EndedTooEarly(unit.Definition, wasReady, log) : otherwise;
    }
}

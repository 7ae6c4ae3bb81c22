namespace Pexen.Model;

/// <summary>Which of a unit's three answers to a failure holds: a function of how it ended, as a record says it.</summary>
internal static class FailureClass
{
    /// <summary>The metadata that decided what it left behind and its value; null where it did not fail, or its run ended before it did.</summary>
    /// <param name="unit">Which.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="code">Of what went wrong, or null.</param>
    /// <param name="reason">The record's word for it, or null.</param>
    public static (string Metadata, Aftermath Aftermath)? Of(UnitDefinition unit, Outcome outcome, string? code, string? reason) => (outcome, code) switch
    {
        (Outcome.ControlledFailure, _) => ("OnControlledFailure", unit.OnControlledFailure),
        (_, "PEX3005") => null,
        (Outcome.TimedOut, _) or (Outcome.Failed, "PEX3002" or "PEX3008" or "PEX3010" or "PEX3011") => ("OnCrash", unit.OnCrash),
        (Outcome.Failed, "PEX3001") when unit.Work is MethodWork && IsCrashOfMethod(reason) => ("OnCrash", unit.OnCrash),
        (Outcome.Failed, _) => ("OnFailure", unit.OnFailure),
        _ => null,
    };

    /// <summary>It threw, or did not come back; what is left is a result that cannot be carried.</summary>
    private static bool IsCrashOfMethod(string? reason) =>
        reason is not null && (reason.StartsWith("exception ", StringComparison.Ordinal) || reason.EndsWith(" inside the method", StringComparison.Ordinal));
}

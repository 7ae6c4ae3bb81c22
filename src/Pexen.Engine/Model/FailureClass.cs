namespace Pexen.Model;

/// <summary>Which of a unit's three answers to a failure holds: a function of how it ended, as a record says it.</summary>
internal static class FailureClass
{
    /// <summary>The metadata that decided what it left behind and its value; null where it did not fail, or its run ended before it did.</summary>
    public static (string Metadata, Aftermath Aftermath)? Of(UnitDefinition unit, Outcome outcome, string? code) => (outcome, code) switch
    {
        (Outcome.ControlledFailure, _) => ("OnControlledFailure", unit.OnControlledFailure),
        (_, "PEX3005") => null,
        (Outcome.TimedOut, _) or (Outcome.Failed, "PEX3002" or "PEX3008" or "PEX3011") => ("OnCrash", unit.OnCrash),
        (Outcome.Failed, _) => ("OnFailure", unit.OnFailure),
        _ => null,
    };
}

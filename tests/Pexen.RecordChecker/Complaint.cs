namespace Pexen.RecordChecking;

/// <summary>One breach of one rule.</summary>
/// <param name="Rule">Which.</param>
/// <param name="Unit">By whom, or null.</param>
/// <param name="Seq">At which event, or null when it is about run.json.</param>
/// <param name="Text">What is wrong.</param>
public sealed record Complaint(Rule Rule, string? Unit, long? Seq, string Text)
{
    public override string ToString() =>
        $"{Rule}{(Unit is null ? "" : $" unit '{Unit}'")}{(Seq is null ? "" : $" seq {Seq}")}: {Text}";
}

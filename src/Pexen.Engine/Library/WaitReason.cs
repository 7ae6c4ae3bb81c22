namespace Pexen;

/// <summary>One thing that keeps a unit from starting.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Unit">The unit to wait for, or null.</param>
/// <param name="Resource">The resource wanted, or null.</param>
public sealed record WaitReason(WaitKind Kind, string? Unit, string? Resource)
{
    /// <summary>As a person would say it.</summary>
    public override string ToString() => Kind switch
    {
        WaitKind.Unit => $"unit {Unit}",
        WaitKind.Resource => $"{Resource}, held by {Unit}",
        WaitKind.Turn => $"{Resource}, which {Unit} waits for before it",
        WaitKind.Group => Unit is null ? "its group" : $"its group, until {Unit} has ended",
        WaitKind.Time => "its time",
        _ => "slots",
    };
}

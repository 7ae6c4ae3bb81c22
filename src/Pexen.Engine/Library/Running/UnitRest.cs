namespace Pexen.Library;

/// <summary>The time in which a unit waits for nothing but time: between two attempts, or before the first.</summary>
internal sealed class UnitRest(int unit)
{
    public int Unit => unit;

    /// <summary>It has passed, or there is no other attempt after all.</summary>
    public bool IsOver { get; set; }
}

namespace Pexen;

/// <summary>When a finalizer runs, provided that one of the units it finalizes started.</summary>
public enum FinalizesOn
{
    /// <summary>Whatever became of them.</summary>
    Always,

    /// <summary>If one of them did not succeed.</summary>
    Failure,
}

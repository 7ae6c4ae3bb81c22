namespace Pexen.Scheduling;

/// <summary>What the end of a provider means to one of its dependents.</summary>
internal enum EdgeEffect
{
    /// <summary>It waits for more, or did not wait for this any longer.</summary>
    None,

    /// <summary>Nothing is left to wait for.</summary>
    Satisfied,

    /// <summary>What it requires can no longer be provided.</summary>
    CannotStart,
}

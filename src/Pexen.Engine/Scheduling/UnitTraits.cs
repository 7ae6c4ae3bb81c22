namespace Pexen.Scheduling;

/// <summary>What is special about a unit's life.</summary>
[Flags]
internal enum UnitTraits : byte
{
    /// <summary>It starts when it may and ends by itself.</summary>
    None = 0,

    /// <summary>It runs nothing: who requires it requires what it requires.</summary>
    Milestone = 1,

    /// <summary>It provides when it is ready, and is up for its users (rule 26).</summary>
    Service = 2,

    /// <summary>It cleans up after others (rule 24).</summary>
    Finalizer = 4,

    /// <summary>With <see cref="Finalizer"/>: only if one of those did not succeed.</summary>
    OnlyAfterFailure = 8,
}

namespace Pexen.Scheduling;

/// <summary>Where a unit stands. Each state says what must be true of a unit in it; <c>docs/design.md</c> has the table of transitions.</summary>
internal enum UnitState : byte
{
    /// <summary>Something it depends on has not ended. It holds nothing and stands in nobody's way.</summary>
    Waiting,

    /// <summary>Nothing is left to wait for but locks and slots. It holds nothing; what blocks it now is kept from those behind it (rule 11).</summary>
    Ready,

    /// <summary>It holds all its slots and all its resources.</summary>
    Running,

    /// <summary>It had to give everything back because another build holds a resource; it holds nothing and stands in nobody's way.</summary>
    Outside,

    /// <summary>A service that is ready: what it provides counts as provided. It holds its resources and no slot, until it has ended.</summary>
    Up,

    /// <summary>It waits for time to pass: between two attempts, or before the first. It holds no slot, and resources only after a crash.</summary>
    Resting,

    /// <summary>It rested with its resources and its places in groups, still has them, and waits for slots alone.</summary>
    Returning,

    /// <summary>It ended and what it provides counts as provided.</summary>
    Provided,

    /// <summary>It ended without providing. It may still hold resources, until the run ends.</summary>
    Failed,

    /// <summary>It never ran, or not again, because of what <see cref="UnitScheduler.CauseOf"/> says.</summary>
    Skipped,

    /// <summary>The run was cancelled before it could start, or start again.</summary>
    Cancelled,

    /// <summary>A service or finalizer that nobody needed. Who waits for it goes on.</summary>
    NotNeeded,
}

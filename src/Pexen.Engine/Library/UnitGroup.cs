namespace Pexen;

/// <summary>A group of units that limits how many of them run beside each other. Units name it in <see cref="Unit.Group"/>.</summary>
/// <param name="Name">Unique in a scheduler, compared without case.</param>
public sealed record UnitGroup(string Name)
{
    /// <summary>How many of its units run at a time at most; null is no limit of its own.</summary>
    public int? MaxParallel { get; init; }

    /// <summary>
    /// While one of its units runs no other unit does. Then <see cref="MaxParallel"/>, where it is given, replaces that of the scheduler, and may be more.
    /// </summary>
    public bool Exclusive { get; init; }

    /// <summary>The group that it lies in, whose limits hold for its units as well; or null.</summary>
    public string? Parent { get; init; }

    /// <summary>
    /// How long it may take from the first start of one of its units; null or zero is no limit. Then units of it that run are <see cref="Outcome.TimedOut"/>, and not tried again, and those that
    /// wait are skipped.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// Called when the first of its units could start, which waits for the end of it, without a slot. If it throws, none of its units starts: they are skipped. A callback of a group is asked to end
    /// after a minute, and then has failed; it is abandoned if it does not end within <see cref="SchedulerOptions.GracePeriod"/>. <see cref="Scheduler.Warnings"/> tells of one that fails (PEX3014).
    /// </summary>
    public Func<GroupContext, Task>? OnStarted { get; init; }

    /// <summary>Called after the last of its units, if it has started and all of them succeeded.</summary>
    public Func<GroupContext, Task>? OnSucceeded { get; init; }

    /// <summary>Called at the end, however that came, if the group has started; also after a run that was cancelled, which ends when this has.</summary>
    public Func<GroupContext, Task>? OnFinished { get; init; }
}

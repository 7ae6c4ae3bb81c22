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
}

namespace Pexen.Model;

/// <summary>A declared group of units, with a width of its own.</summary>
/// <param name="Name">Unique without case.</param>
/// <param name="MaxParallel">How many of its units run beside each other at most; null is no limit of its own.</param>
/// <param name="Exclusive">Whether it has the machine to itself while it runs; then <paramref name="MaxParallel"/> replaces <c>PexenMaxParallel</c>.</param>
/// <param name="Parent">The group that it lies in, or null.</param>
/// <param name="Source">Where it was declared.</param>
internal sealed record GroupDefinition(string Name, int? MaxParallel, bool Exclusive, string? Parent = null, SourceLocation? Source = null)
{
    /// <summary>From the first start of one of its units, those of the groups inside it included; null is none.</summary>
    public TimeSpan? Timeout { get; init; }

    public GroupHooks Hooks { get; init; } = GroupHooks.None;

    /// <summary>Whether it does something of its own while a run goes on.</summary>
    public bool HasLife => Timeout is not null || Hooks != GroupHooks.None;
}

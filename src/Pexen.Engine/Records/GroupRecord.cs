using System.Collections.Immutable;

namespace Pexen.Records;

/// <summary>A group of the plan. What it says of its units includes those of the groups inside it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MaxParallel">How many of its units ran beside each other at most, or null for no limit of its own.</param>
/// <param name="Exclusive">Whether it had the machine to itself.</param>
/// <param name="Group">The group it lies in, or null.</param>
/// <param name="Members">How many units lie in it.</param>
public sealed record GroupRecord(string Name, int? MaxParallel, bool Exclusive, string? Group, int Members)
{
    /// <summary>Milliseconds from the first start of one of its units after which it was ended, or null for no limit.</summary>
    public double? TimeoutMs { get; init; }

    /// <summary><c>Succeeded</c>, <c>Failed</c>, <c>TimedOut</c>, <c>Cancelled</c>, or <c>Skipped</c> when none of its units ran; null of records that did not say.</summary>
    public string? Outcome { get; init; }

    /// <summary>Units that succeeded, flaky and up-to-date ones included.</summary>
    public int Succeeded { get; init; }

    /// <summary>Units that failed, controlled or not.</summary>
    public int Failed { get; init; }

    /// <summary>Units that timed out.</summary>
    public int TimedOut { get; init; }

    /// <summary>Units that were skipped or not needed.</summary>
    public int Skipped { get; init; }

    /// <summary>Units that were cancelled.</summary>
    public int Cancelled { get; init; }

    /// <summary>Its commands that ran, in their order.</summary>
    public ImmutableArray<GroupHookRecord> Hooks { get; init; } = [];
}

using System.Collections.Immutable;

namespace Pexen.Model;

/// <summary>A set of exit codes, written as <c>0-7;12</c>.</summary>
internal sealed record ExitCodes(ImmutableArray<ExitCodeRange> Ranges)
{
    public static ExitCodes None { get; } = new(ImmutableArray<ExitCodeRange>.Empty);

    public static ExitCodes Zero { get; } = new([new ExitCodeRange(0, 0)]);

    public bool Contains(int code) => Ranges.Any(range => code >= range.First && code <= range.Last);
}

/// <summary>Consecutive exit codes, both ends included. A class, for arrays of classes are compiled ahead of time and need not be at every start.</summary>
internal sealed record ExitCodeRange(int First, int Last);

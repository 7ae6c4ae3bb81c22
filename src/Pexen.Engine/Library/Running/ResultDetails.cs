namespace Pexen.Library;

/// <summary>What there is to tell of few units. Apart from the result, so that those of the many are no larger for it.</summary>
/// <param name="Tried">Its attempts, of a unit that was to be tried more than once; else null.</param>
/// <param name="PeakMemory">In bytes, or null.</param>
/// <param name="ProcessorTime">Or null.</param>
internal sealed record ResultDetails(IReadOnlyList<AttemptResult>? Tried, long? PeakMemory, TimeSpan? ProcessorTime);

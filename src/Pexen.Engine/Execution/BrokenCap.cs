namespace Pexen.Execution;

/// <summary>The system ended an attempt at one of its <see cref="MemoryCaps"/>.</summary>
/// <param name="OfAll">Whether it was the one of all together.</param>
/// <param name="Bytes">The most that the attempt had.</param>
internal sealed record BrokenCap(bool OfAll, long Bytes);

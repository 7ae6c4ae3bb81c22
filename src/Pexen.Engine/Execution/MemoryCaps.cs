namespace Pexen.Execution;

/// <summary>
/// How much memory the system itself may let an attempt have, where it can be told (control groups of version 2); that is more than the limits, above which the
/// attempt is stopped politely.
/// </summary>
/// <param name="Own">Bytes of its process tree, or null.</param>
/// <param name="OfAll">Bytes of all attempts together that have this cap, or null where it is not one of them. The same for all attempts of an executor.</param>
internal sealed record MemoryCaps(long? Own, long? OfAll);

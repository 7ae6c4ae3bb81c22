namespace Pexen.Records;

/// <summary>How much a unit might use.</summary>
/// <param name="MemoryBytes">Its <c>MemoryLimit</c>, or null.</param>
public sealed record LimitsRecord(long? MemoryBytes);

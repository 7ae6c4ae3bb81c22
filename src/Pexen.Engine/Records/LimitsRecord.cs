namespace Pexen.Records;

/// <summary>How much a unit might use.</summary>
/// <param name="MemoryBytes">Its <c>MemoryLimit</c>, or null.</param>
/// <param name="Category">Its category, or null.</param>
/// <param name="Size">How large it is in that; 0 stands alone.</param>
/// <param name="Preemptible">Whether it might be stopped and queued again when all units together had too much.</param>
public sealed record LimitsRecord(long? MemoryBytes, string? Category, int Size, bool Preemptible);

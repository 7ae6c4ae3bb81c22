namespace Pexen.RecordChecking.Input;

/// <summary>How much a unit might use.</summary>
internal sealed record LimitsEntry(long? MemoryBytes, string? Category, int Size, bool Preemptible);

namespace Pexen.RecordChecking.Input;

/// <summary>How much a unit might use.</summary>
internal sealed record LimitsEntry(long? MemoryBytes, bool Preemptible);

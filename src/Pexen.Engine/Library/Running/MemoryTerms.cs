using Pexen.Execution.Dispatching;

namespace Pexen.Library;

/// <summary>What a run asks of those who look at memory.</summary>
/// <param name="Kind">Whose memory counts as that of a unit.</param>
/// <param name="OfAll">Of all units together, or null.</param>
/// <param name="Gate">Held while that is used.</param>
/// <param name="Stop">Called with an attempt that has to end, and why.</param>
internal sealed record MemoryTerms(MemoryKind Kind, RunMemory? OfAll, Lock Gate, Action<UnitAttempt, StopReason> Stop);

using Pexen.Model;

namespace Pexen.Execution.Exchange;

/// <summary>The text in which a value is handed over; null for one that has none, which is said.</summary>
internal delegate string? HandoverText<T>(string key, T value, UnitDefinition unit, Action<Diagnostic> say);

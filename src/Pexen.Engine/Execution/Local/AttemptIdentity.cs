namespace Pexen.Execution.Local;

/// <summary>What an attempt is told about itself in its environment. <c>Ancestors</c> is passed on as it is; null when there is nothing to pass.</summary>
internal sealed record AttemptIdentity(string Unit, string RunId, int Attempt, string ProjectDirectory, int Slot, int Slots, string? Ancestors = null);

namespace Pexen.Locking;

/// <summary>A run that this build lies inside, and the unit of it.</summary>
internal sealed record Ancestor(RunKey Key, string RunId, string Unit);

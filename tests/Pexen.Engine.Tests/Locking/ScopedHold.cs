namespace Pexen.Engine.Tests.Locking;

/// <summary>A resource and whether it is held alone.</summary>
internal sealed record ScopedHold(string Resource, bool Claim = true);

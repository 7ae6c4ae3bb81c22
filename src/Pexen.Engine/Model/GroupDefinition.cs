namespace Pexen.Model;

/// <summary>A declared group of units, with a width of its own.</summary>
/// <param name="Name">Unique without case.</param>
/// <param name="MaxParallel">How many of its units run beside each other at most; null is no limit of its own.</param>
/// <param name="Exclusive">Whether it has the machine to itself while it runs; then <paramref name="MaxParallel"/> replaces <c>PexenMaxParallel</c>.</param>
/// <param name="Parent">The group that it lies in, or null.</param>
/// <param name="Source">Where it was declared.</param>
internal sealed record GroupDefinition(string Name, int? MaxParallel, bool Exclusive, string? Parent = null, SourceLocation? Source = null);

namespace Pexen.Model;

/// <summary>A new edge of a unit that was planned before.</summary>
/// <param name="Unit">Index of the unit that waits.</param>
/// <param name="Dependency">What it waits for besides.</param>
internal readonly record struct AddedDependency(int Unit, Dependency Dependency);

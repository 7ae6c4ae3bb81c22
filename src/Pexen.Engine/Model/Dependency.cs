namespace Pexen.Model;

/// <summary>An edge of the plan, seen from the unit that waits.</summary>
/// <param name="Unit">Index, in the plan, of the unit waited for.</param>
/// <param name="Kind">Why.</param>
/// <param name="Choice">For <see cref="DependencyKind.RequiresAny"/> the number of the entry it can meet, else 0.</param>
internal readonly record struct Dependency(int Unit, DependencyKind Kind, int Choice = 0);

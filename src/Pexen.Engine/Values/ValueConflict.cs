namespace Pexen.Values;

/// <summary>Units that do not come after one another wrote different values of one key, and a unit inherits from them (PEX4006).</summary>
/// <param name="Key">The key.</param>
/// <param name="Winner">Index of the unit whose value counts.</param>
/// <param name="Losers">Indices of the others, in order.</param>
internal sealed record ValueConflict(string Key, int Winner, IReadOnlyList<int> Losers);

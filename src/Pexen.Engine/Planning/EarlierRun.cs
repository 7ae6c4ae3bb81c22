namespace Pexen.Planning;

/// <summary>What the last record of a run says.</summary>
/// <param name="Succeeded">Whether the run as a whole did.</param>
/// <param name="Units">What became of each unit; names are compared without case.</param>
/// <param name="OfThisBuild">The build that asks has run it: that is as present as a definition can be, whatever the instances of the project make of it.</param>
internal sealed record EarlierRun(bool Succeeded, IReadOnlyDictionary<string, EarlierUnit> Units, bool OfThisBuild = false);

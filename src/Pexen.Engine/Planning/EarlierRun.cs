namespace Pexen.Planning;

/// <summary>What the last record of a run says.</summary>
/// <param name="Succeeded">Whether the run as a whole did.</param>
/// <param name="Provided">Units that provided in it, with the digest of their definition then; compared without case.</param>
internal sealed record EarlierRun(bool Succeeded, IReadOnlyDictionary<string, string> Provided);

namespace Pexen.Records;

/// <summary>A resource that a crashed unit kept until the end.</summary>
/// <param name="Resource">Its path.</param>
/// <param name="Unit">Who kept it.</param>
/// <param name="Tokens">How many tokens, or null where it was held whole or has no capacity.</param>
public sealed record HeldLockRecord(string Resource, string Unit, int? Tokens);

namespace Pexen.Records;

/// <summary>A group of the plan.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MaxParallel">How many of its units ran beside each other at most, or null for no limit of its own.</param>
/// <param name="Exclusive">Whether it had the machine to itself.</param>
/// <param name="Group">The group it lies in, or null.</param>
/// <param name="Members">How many units lie in it, those of the groups inside it included.</param>
public sealed record GroupRecord(string Name, int? MaxParallel, bool Exclusive, string? Group, int Members);

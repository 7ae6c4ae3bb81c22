namespace Pexen.Records;

/// <summary>A group of the plan.</summary>
/// <param name="Name">Its name.</param>
public sealed record GroupRecord(string Name);

using System.Collections.Immutable;

namespace Pexen.Records;

/// <summary>One of the results a unit reported.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Status"><c>pass</c>, <c>fail</c>, <c>info</c>, <c>warn</c>, <c>skip</c> or <c>error</c>.</param>
/// <param name="Note">A remark, or null.</param>
/// <param name="Files">Files that belong to it.</param>
public sealed record ResultRecord(string Name, string Status, string? Note, ImmutableArray<string> Files);

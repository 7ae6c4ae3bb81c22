using System.Collections.Immutable;

namespace Pexen.Records;

/// <summary>A resource of the plan.</summary>
/// <param name="Name">Its path.</param>
/// <param name="Capacity">How many tokens it has, or null.</param>
/// <param name="Scope">How far it reaches.</param>
/// <param name="Instances">Names that are handed out with tokens.</param>
public sealed record ResourceRecord(string Name, int? Capacity, string Scope, ImmutableArray<string> Instances);

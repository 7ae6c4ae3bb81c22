namespace Pexen.Records;

/// <summary>A unit waited for.</summary>
/// <param name="Unit">Its name.</param>
/// <param name="Kind"><c>Requires</c>, <c>RequiresAny</c> or <c>After</c>.</param>
public sealed record DependsOnRecord(string Unit, string Kind);

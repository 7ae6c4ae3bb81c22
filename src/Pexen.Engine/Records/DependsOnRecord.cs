namespace Pexen.Records;

/// <summary>A unit waited for.</summary>
/// <param name="Unit">Its name.</param>
/// <param name="Kind"><c>Requires</c>, <c>RequiresAny</c> or <c>After</c>.</param>
/// <param name="Provided">Whether it had provided when the unit that waited started, so that its values were inherited; null if that never started.</param>
public sealed record DependsOnRecord(string Unit, string Kind, bool? Provided = null);

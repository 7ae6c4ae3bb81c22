namespace Pexen.Model;

/// <summary>A declared resource. One without a capacity is only claimed or used.</summary>
internal sealed record ResourceDefinition(string Name, int? Capacity, SourceLocation? Source = null);

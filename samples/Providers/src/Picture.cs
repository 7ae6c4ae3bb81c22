namespace Pictures;

/// <summary>A picture by the name of what it shows.</summary>
public sealed record Picture(string Name);

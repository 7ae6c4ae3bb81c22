namespace Maps;

/// <summary>A map by the name of what it shows.</summary>
public sealed record Map(string Name);

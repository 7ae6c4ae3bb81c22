namespace Values;

/// <summary>What is released.</summary>
public sealed record Parcel(string Address, double Kilograms);

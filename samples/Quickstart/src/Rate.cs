namespace Parcel;

/// <summary>What a country costs: a basic price and a price for each kilogram.</summary>
internal sealed record Rate(int Zone, decimal Base, decimal PerKilo);

using System.Globalization;

namespace Parcel;

/// <summary>Prices of parcels. The table is the other half of this class: the unit "rates" makes it from data/rates.csv.</summary>
internal static partial class Tariff
{
    public static IEnumerable<string> Countries => s_rates.Keys.Order(StringComparer.Ordinal);

    public static decimal? Quote(string country, decimal kilograms) =>
        s_rates.TryGetValue(country, out Rate? rate) ? decimal.Round(rate.Base + (rate.PerKilo * kilograms), 2) : null;

    public static string Describe(string country, decimal kilograms) =>
        Quote(country, kilograms) is { } price
            ? string.Create(CultureInfo.InvariantCulture, $"{country} {kilograms} kg: {price:0.00}")
            : $"no rate for {country}";
}

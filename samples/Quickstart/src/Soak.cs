using System.Diagnostics;

namespace Parcel;

/// <summary>Asks for prices for as long as it is told, and minds that a heavier parcel is never a cheaper one.</summary>
internal static class Soak
{
    public static string Run(TimeSpan duration)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (watch.Elapsed < duration)
        {
            foreach (string country in Tariff.Countries)
            {
                for (decimal kilograms = 0.5m; kilograms < 30; kilograms += 0.5m)
                {
                    if (Tariff.Quote(country, kilograms) > Tariff.Quote(country, kilograms + 0.5m))
                    {
                        throw new InvalidDataException($"{country}: {kilograms + 0.5m} kg cost less than {kilograms} kg");
                    }
                }
            }
        }

        return $"prices of {Tariff.Countries.Count()} countries rise with the weight";
    }
}

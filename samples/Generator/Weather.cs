namespace Weather;

/// <summary>Something to build: the units of this sample come after it.</summary>
public static class Station
{
    /// <summary>Degrees Celsius as degrees Fahrenheit.</summary>
    public static double ToFahrenheit(double celsius) => (celsius * 9 / 5) + 32;
}

using System.Globalization;

namespace Pexen.Planning;

/// <summary>Durations: <c>250ms</c>, <c>90s</c>, <c>5m</c>, <c>2h</c> or <c>hh:mm:ss[.fff]</c>.</summary>
internal static class DurationText
{
    private const string Forms = "A duration is written 250ms, 90s, 5m, 2h or hh:mm:ss[.fff]; 0s is none";

    /// <summary>Longer ones are slips of the pen, and would not fit the timers of all systems.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    public static string? Parse(string text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        if (text.Length > 0 && text.All(char.IsAsciiDigit))
        {
            return $"{Forms}. A bare number does not say its unit: write {text}s for seconds";
        }

        if (text.StartsWith('-'))
        {
            return $"{Forms}. It cannot be negative";
        }

        double? milliseconds = text.Contains(':') ? ClockTime(text) : NumberWithUnit(text);
        if (milliseconds is null)
        {
            return Forms;
        }

        if (milliseconds > Longest.TotalMilliseconds)
        {
            return $"{Forms}. The longest is {Longest.TotalHours:0}h";
        }

        value = TimeSpan.FromMilliseconds(milliseconds.Value);
        return null;
    }

    private static double? NumberWithUnit(string text)
    {
        int digits = text.TakeWhile(char.IsAsciiDigit).Count();
        double? unit = text[digits..].ToLowerInvariant() switch
        {
            "ms" => 1,
            "s" => 1_000,
            "m" => 60_000,
            "h" => 3_600_000,
            _ => null,
        };

        // A double takes any number of digits, so that too many are "too long" and not "no duration".
        return digits == 0 ? null : double.Parse(text.AsSpan(0, digits), CultureInfo.InvariantCulture) * unit;
    }

    private static double? ClockTime(string text)
    {
        string[] parts = text.Split(':');
        if (parts.Length != 3)
        {
            return null;
        }

        string[] seconds = parts[2].Split('.');
        bool wellFormed = IsNumber(parts[0], 1, 300) && IsNumber(parts[1], 2, 2) && IsNumber(seconds[0], 2, 2)
            && (seconds.Length == 1 || (seconds.Length == 2 && IsNumber(seconds[1], 1, 7)));
        if (!wellFormed)
        {
            return null;
        }

        double minute = double.Parse(parts[1], CultureInfo.InvariantCulture);
        double second = double.Parse(parts[2], CultureInfo.InvariantCulture);
        return minute >= 60 || second >= 60
            ? null
            : (double.Parse(parts[0], CultureInfo.InvariantCulture) * 3600 + minute * 60 + second) * 1000;
    }

    private static bool IsNumber(string text, int shortest, int longest) =>
        text.Length >= shortest && text.Length <= longest && text.All(char.IsAsciiDigit);
}

using System.Globalization;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Numbers, booleans, words out of a fixed choice, sizes.</summary>
internal static class ScalarText
{
    public static string? Integer(string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
            ? null
            : $"Allowed is a whole number from {int.MinValue} to {int.MaxValue}";

    public static string? PositiveInteger(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value > 0
            ? null
            : $"Allowed is a whole number from 1 to {int.MaxValue}";

    public static string? Boolean(string text, out bool value) => bool.TryParse(text, out value) ? null : "Allowed are true and false";

    /// <summary>A member of an enumeration by its name; its number is none.</summary>
    public static string? Choice<T>(string text, out T value)
        where T : struct, Enum
    {
        value = default;
        return text.All(char.IsAsciiLetter) && Enum.TryParse(text, ignoreCase: true, out value)
            ? null
            : $"Allowed are {string.Join(", ", Enum.GetNames<T>())}";
    }

    public static string? Tolerance(string text, out FailureTolerance value)
    {
        FailureTolerance? known = text.ToLowerInvariant() switch
        {
            "true" or "warnandcontinue" => FailureTolerance.WarnAndContinue,
            "errorandcontinue" => FailureTolerance.ErrorAndContinue,
            "false" or "errorandstop" => FailureTolerance.ErrorAndStop,
            _ => null,
        };
        value = known ?? default;
        return known is null ? "Allowed are true, WarnAndContinue, ErrorAndContinue, false and ErrorAndStop" : null;
    }

    /// <summary>Bytes, with a decimal unit: <c>64KB</c> are 64,000.</summary>
    public static string? Size(string text, out long value)
    {
        int digits = text.TakeWhile(char.IsAsciiDigit).Count();
        long unit = text[digits..].ToUpperInvariant() switch
        {
            "B" => 1,
            "KB" => 1_000,
            "MB" => 1_000_000,
            "GB" => 1_000_000_000,
            "TB" => 1_000_000_000_000,
            _ => 0,
        };
        bool fits = long.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out value)
            && unit > 0 && value > 0 && value <= long.MaxValue / unit;
        value = fits ? value * unit : 0;
        return fits ? null : "A size is written 500B, 64KB, 20MB, 1GB or 2TB, and is more than nothing";
    }
}

using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Pexen.Execution.Exchange;

/// <summary>The text in which a value goes to another process: as it is, as the invariant culture writes it, or as JSON. Calls code of whoever made the value.</summary>
internal static class ValueText
{
    /// <param name="value">The value.</param>
    /// <param name="why">Why it has no text form, as a part of a sentence, or null.</param>
    /// <returns>Null for null, and for what has none.</returns>
    public static string? Of(object? value, out string? why)
    {
        why = value is Delegate or Stream or Type or MemberInfo or Task or Thread ? "it lives in its own process only" : null;
        if (value is null || why is not null)
        {
            return null;
        }

        try
        {
            string? text = Simple(value) ?? JsonSerializer.Serialize(value, value.GetType());
            why = text == "{}" && value is not IEnumerable ? "it has no public property to be written" : null;
            return why is null ? text : null;
        }
        catch (Exception exception)
        {
            why = exception.Message.ReplaceLineEndings(" ").TrimEnd('.');
            return null;
        }
    }

    private static string? Simple(object value) => value switch
    {
        string text => text,
        bool truth => truth ? "true" : "false",
        char character => character.ToString(),
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("O", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        Uri or Version or FileSystemInfo => value.ToString(),
        _ => null,
    };
}

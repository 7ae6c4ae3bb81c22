using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace Pexen.Host.Worker;

/// <summary>The text in which a value goes to other processes: as it is, as the invariant culture writes it, or as JSON.</summary>
internal static class ResultText
{
    /// <summary>Null for null.</summary>
    /// <param name="value">The value.</param>
    /// <param name="what">How the message calls it.</param>
    /// <exception cref="NotCarriedException">It has no text form.</exception>
    public static string? Of(object? value, string what)
    {
        switch (value)
        {
            case null: return null;
            case string text: return text;
            case bool truth: return truth ? "true" : "false";
            case char character: return character.ToString();
            case DateTime time: return time.ToString("O", CultureInfo.InvariantCulture);
            case DateTimeOffset time: return time.ToString("O", CultureInfo.InvariantCulture);
            case DateOnly or TimeOnly: return ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture);
            case IFormattable formattable: return formattable.ToString(null, CultureInfo.InvariantCulture);
            case Uri or Version or FileSystemInfo: return value.ToString();
            case Delegate or Stream or Type or System.Reflection.MemberInfo or Task or Thread:
                throw Refused(value, what, "it lives in its own process only");
        }

        try
        {
            string json = JsonSerializer.Serialize(value, value.GetType());
            return json == "{}" && value is not IEnumerable ? throw Refused(value, what, "it has no public property to be written") : json;
        }
        catch (Exception exception) when (exception is not NotCarriedException)
        {
            throw Refused(value, what, exception.Message.ReplaceLineEndings(" "));
        }
    }

    private static NotCarriedException Refused(object value, string what, string why) => new(
        $"{what}, of type {value.GetType()}, cannot be carried to another process: {why.TrimEnd('.')}. Give back text, a number, or what JSON can hold");
}

using System.Globalization;
using System.Reflection;
using Pexen.Planning;

namespace Pexen.Host.Worker;

/// <summary>Makes values of texts, the same on every machine: numbers and times are read as the invariant culture writes them.</summary>
internal static class ArgumentText
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <exception cref="CallRefusedException">The text is no such value, or no text is one of that type.</exception>
    public static object? Convert(string text, Type type, string parameter)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return text.Length == 0 ? null : Convert(text, underlying, parameter);
        }

        try
        {
            return Value(text, type) ?? throw Refused(text, type, parameter);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentException)
        {
            throw Refused(text, type, parameter);
        }
        catch (TargetInvocationException)
        {
            throw Refused(text, type, parameter);
        }
        catch (NotSupportedException)
        {
            throw new CallRefusedException($"its parameter '{parameter}' is of type {type}, and Arguments can hold only text, numbers, times and the like");
        }
    }

    private static object? Value(string text, Type type)
    {
        if (type.IsEnum)
        {
            return Enum.TryParse(type, text, ignoreCase: true, out object? value) ? value : null;
        }

        return type switch
        {
            _ when type == typeof(string) || type == typeof(object) => text,
            _ when type == typeof(bool) => bool.Parse(text),
            _ when type == typeof(char) => char.Parse(text),
            _ when type == typeof(int) => int.Parse(text, Invariant),
            _ when type == typeof(long) => long.Parse(text, Invariant),
            _ when type == typeof(double) => double.Parse(text, NumberStyles.Float, Invariant),
            _ when type == typeof(float) => float.Parse(text, NumberStyles.Float, Invariant),
            _ when type == typeof(decimal) => decimal.Parse(text, NumberStyles.Float, Invariant),
            _ when type == typeof(TimeSpan) => DurationText.Parse(text, out TimeSpan duration) is null ? duration : TimeSpan.Parse(text, Invariant),
            _ when type == typeof(DateTime) => DateTime.Parse(text, Invariant, DateTimeStyles.RoundtripKind),
            _ when type == typeof(DateTimeOffset) => DateTimeOffset.Parse(text, Invariant, DateTimeStyles.RoundtripKind),
            _ when type == typeof(Uri) => new Uri(text, UriKind.RelativeOrAbsolute),
            _ when type == typeof(FileInfo) => new FileInfo(text),
            _ when type == typeof(DirectoryInfo) => new DirectoryInfo(text),
            _ => ByItsOwnParse(text, type),
        };
    }

    /// <summary>Whatever has a <c>Parse</c> of the usual form.</summary>
    private static object? ByItsOwnParse(string text, Type type)
    {
        const BindingFlags Static = BindingFlags.Public | BindingFlags.Static;
        if (type.GetMethod("Parse", Static, [typeof(string), typeof(IFormatProvider)]) is { } withCulture && withCulture.ReturnType == type)
        {
            return withCulture.Invoke(null, [text, Invariant]);
        }

        return type.GetMethod("Parse", Static, [typeof(string)]) is { } parse && parse.ReturnType == type
            ? parse.Invoke(null, [text])
            : throw new NotSupportedException();
    }

    private static CallRefusedException Refused(string text, Type type, string parameter) => new(
        $"the argument '{text}' is no {type.Name} for its parameter '{parameter}'"
            + (type.IsEnum ? $"; there are {string.Join(", ", Enum.GetNames(type))}"
                : type == typeof(bool) ? "; it is true or false"
                : type == typeof(TimeSpan) ? "; it is written 250ms, 90s, 5m, 2h or hh:mm:ss"
                : ", written as the invariant culture writes it"));
}

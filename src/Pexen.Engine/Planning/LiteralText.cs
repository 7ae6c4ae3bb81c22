using System.Text;

namespace Pexen.Planning;

/// <summary>Writes text that is meant literally in MSBuild's escaped form, so that <see cref="MetadataText"/> reads it back as it was.</summary>
internal static class LiteralText
{
    /// <summary>With each character that is in <paramref name="special"/> as <c>%xx</c>.</summary>
    public static string Escape(string text, string special)
    {
        if (text.AsSpan().IndexOfAny(special) < 0)
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 8);
        foreach (char letter in text)
        {
            if (special.Contains(letter, StringComparison.Ordinal))
            {
                escaped.Append('%').Append(((int)letter).ToString("x2", null));
            }
            else
            {
                escaped.Append(letter);
            }
        }

        return escaped.ToString();
    }

    /// <summary>A whole value, in which a semicolon may still separate entries.</summary>
    public static string Value(string text) => text.Contains('%') ? text.Replace("%", "%25", StringComparison.Ordinal) : text;

    /// <summary>Escaped text as an <c>Include</c> that is no pattern, whatever is in it.</summary>
    public static string NoPattern(string escaped) =>
        escaped.AsSpan().IndexOfAny('*', '?') < 0 ? escaped : escaped.Replace("*", "%2A", StringComparison.Ordinal).Replace("?", "%3F", StringComparison.Ordinal);

    /// <summary>One entry of a list: semicolons in it separate nothing, blanks at its ends stay.</summary>
    public static string Entry(string text)
    {
        if (text.Length == 0)
        {
            return "\"\"";
        }

        if (text == "\"\"")
        {
            return "%22%22";
        }

        if (text.AsSpan().IndexOfAny('%', ';') < 0 && !IsBlank(text[0]) && !IsBlank(text[^1]))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 8);
        for (int at = 0; at < text.Length; at++)
        {
            bool isEdge = at == 0 || at == text.Length - 1;
            if (text[at] is '%' or ';' || (isEdge && IsBlank(text[at])))
            {
                escaped.Append('%').Append(((int)text[at]).ToString("X2", null));
            }
            else
            {
                escaped.Append(text[at]);
            }
        }

        return escaped.ToString();
    }

    /// <summary>Those that have an escape of two digits; the rest of Unicode's blanks nobody puts there.</summary>
    private static bool IsBlank(char letter) => letter <= '\xFF' && char.IsWhiteSpace(letter);
}

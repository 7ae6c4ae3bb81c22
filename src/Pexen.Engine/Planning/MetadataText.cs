using System.Collections.Immutable;
using System.Globalization;

namespace Pexen.Planning;

/// <summary>Reads text in MSBuild's escaped form (rule 38).</summary>
internal static class MetadataText
{
    /// <summary>Replaces every <c>%xx</c> once. A percent sign without two hexadecimal digits behind it stays.</summary>
    public static string Unescape(string escaped)
    {
        int percent = escaped.IndexOf('%');
        if (percent < 0)
        {
            return escaped;
        }

        System.Text.StringBuilder text = new(escaped.Length);
        int copied = 0;
        while (percent >= 0)
        {
            if (TryHex(escaped, percent + 1, out char character))
            {
                text.Append(escaped, copied, percent - copied).Append(character);
                copied = percent + 3;
            }

            percent = percent + 1 < escaped.Length ? escaped.IndexOf('%', Math.Max(percent + 1, copied)) : -1;
        }

        return text.Append(escaped, copied, escaped.Length - copied).ToString();
    }

    /// <summary>
    /// Splits on semicolons in the escaped text, so that <c>%3B</c> is a literal one. Entries are trimmed, empty ones dropped,
    /// <c>""</c> is an empty entry. Trimming comes before unescaping: <c>%20</c> is a blank that was meant.
    /// </summary>
    public static ImmutableArray<string> Split(string escaped)
    {
        ImmutableArray<string>.Builder entries = ImmutableArray.CreateBuilder<string>();
        foreach (Range range in escaped.AsSpan().Split(';'))
        {
            ReadOnlySpan<char> entry = escaped.AsSpan(range).Trim();
            if (entry.Length > 0)
            {
                entries.Add(entry is "\"\"" ? "" : Unescape(entry.ToString()));
            }
        }

        return entries.DrainToImmutable();
    }

    private static bool TryHex(string text, int start, out char character)
    {
        character = '\0';
        if (start + 2 > text.Length
            || !byte.TryParse(text.AsSpan(start, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte code))
        {
            return false;
        }

        character = (char)code;
        return true;
    }
}

using System.Text;

namespace Pexen.Tasks.Results;

/// <summary>Text as MSBuild wants it from a task, with its special characters as <c>%xx</c>.</summary>
internal static class EscapedText
{
    private const string Special = "%*?@$();'";

    public static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny(Special) < 0)
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 8);
        foreach (char letter in text)
        {
            if (Special.Contains(letter, StringComparison.Ordinal))
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
}

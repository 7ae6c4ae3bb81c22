using System.Text;

namespace Pexen.Host.Worker;

/// <summary>Lines of <c>PEXEN_OUTPUT</c>: <c>key=value</c>, or <c>key&lt;&lt;END</c>, the value, <c>END</c>, where a line would not hold the value as it is.</summary>
internal static class OutputLines
{
    public static void Append(StringBuilder lines, string key, string value)
    {
        if (key.Length == 0 || key != key.Trim() || key.AsSpan().IndexOfAny("=\r\n\0") >= 0 || key.Contains("<<", StringComparison.Ordinal))
        {
            throw new NotCarriedException($"the key '{key}' among its shared values cannot be carried: a key has no '=', no '<<', no line ends, and no blanks at its ends");
        }

        bool oneLine = value.AsSpan().IndexOfAny('\r', '\n') < 0 && value == value.Trim();
        if (oneLine)
        {
            lines.Append(key).Append('=').Append(value).Append('\n');
            return;
        }

        string end = "END";
        while (value.Contains(end, StringComparison.Ordinal))
        {
            end += "_";
        }

        lines.Append(key).Append("<<").Append(end).Append('\n').Append(value).Append('\n').Append(end).Append('\n');
    }
}

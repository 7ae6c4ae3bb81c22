using System.Text;
using System.Text.RegularExpressions;

namespace Pexen.Tasks.Reading;

/// <summary>Whether a file may have come from a pattern of MSBuild: <c>*</c> and <c>?</c> within a folder, <c>**</c> across folders.</summary>
internal static class GlobText
{
    public static bool Matches(string pattern, string file)
    {
        string text = Normalised(pattern);
        var regex = new StringBuilder("^");
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at..].StartsWith("**/", StringComparison.Ordinal))
            {
                regex.Append("(?:.*/)?");
                at += 2;
            }
            else if (text[at..].StartsWith("**", StringComparison.Ordinal))
            {
                regex.Append(".*");
                at++;
            }
            else
            {
                regex.Append(text[at] switch { '*' => "[^/]*", '?' => "[^/]", char letter => Regex.Escape(letter.ToString()) });
            }
        }

        return Regex.IsMatch(Normalised(file), regex.Append('$').ToString(), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    private static string Normalised(string path)
    {
        string text = path.Replace('\\', '/');
        return text.StartsWith("./", StringComparison.Ordinal) ? text[2..] : text;
    }
}

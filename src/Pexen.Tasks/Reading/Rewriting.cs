using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Pexen.Planning;

namespace Pexen.Tasks.Reading;

/// <summary>
/// Finds text of a command that MSBuild rewrote before we saw it (PEX2003): something undefined that became nothing, <c>%xx</c>, a backslash
/// turned into a slash. It takes what is in the XML as a pattern and looks which of its doubtful places came out differently.
/// </summary>
internal static partial class Rewriting
{
    /// <summary>The only metadata whose text is a command; in any other a rewrite is what the author wanted.</summary>
    private static readonly string[] Commands = ["Command", "Script", "Executable", "Arguments"];

    /// <summary>Escapes of characters that mean something to MSBuild: whoever writes these means them.</summary>
    private const string MeantEscapes = "%$@();?*'";

    /// <summary>What became of the commands of one unit: the metadata and a sentence for each thing rewritten.</summary>
    public static IEnumerable<(string Metadata, string What)> Find(UnitDeclaration unit, XElement element)
    {
        foreach (string name in Commands)
        {
            if (Written(element, name) is string written
                && written.AsSpan().IndexOfAny("$@%\\") >= 0
                && unit.Metadata.TryGetValue(name, out string? evaluated))
            {
                foreach (string what in Differences(written, Uri.UnescapeDataString(evaluated), reference => IsSetBeside(element, reference)))
                {
                    yield return (name, what);
                }
            }
        }
    }

    /// <summary>What is different between a text as it was written and as it was evaluated.</summary>
    /// <param name="written">As it is in the file.</param>
    /// <param name="evaluated">As MSBuild handed it over.</param>
    /// <param name="isMeant">Whether a reference may well be nothing.</param>
    public static IReadOnlyList<string> Differences(string written, string evaluated, Func<string, bool>? isMeant = null)
    {
        List<(string Text, string Kind)> places = [];
        var pattern = new StringBuilder("^");
        int at = 0;
        foreach (Match doubtful in Doubtful().Matches(written))
        {
            pattern.Append(Regex.Escape(written[at..doubtful.Index]));
            at = doubtful.Index + doubtful.Length;
            Append(pattern, places, doubtful);
        }

        pattern.Append(Regex.Escape(written[at..])).Append("\\s*$");
        Match match = Regex.Match(evaluated, pattern.ToString(), RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        return match.Success
            ? [.. places.Select((place, index) => isMeant?.Invoke(place.Text) == true ? null : Describe(place, match.Groups[index + 1].Value)).OfType<string>()]
            : [];
    }

    /// <summary>A property that the same file sets is defined, even as nothing.</summary>
    private static bool IsSetBeside(XElement element, string references) =>
        Property().Matches(references) is { Count: > 0 } names
        && names.Sum(name => name.Length) == references.Length
        && names.All(name => element.Document!.Descendants().Any(other =>
            other.Parent?.Name.LocalName == "PropertyGroup" && other.Name.LocalName.Equals(name.Groups[1].Value, StringComparison.OrdinalIgnoreCase)));

    private static void Append(StringBuilder pattern, List<(string Text, string Kind)> places, Match doubtful)
    {
        places.Add((doubtful.Value, doubtful.Groups["reference"].Success ? "reference" : doubtful.Groups["escape"].Success ? "escape" : "slash"));
        pattern.Append(places[^1].Kind switch
        {
            "reference" => "(.*?)",
            "escape" => $"({Regex.Escape(Uri.UnescapeDataString(doubtful.Value))}|{Regex.Escape(doubtful.Value)})",
            _ => @"([\\/]*)",
        });
    }

    private static string? Describe((string Text, string Kind) place, string became) => place.Kind switch
    {
        "reference" when became.Length == 0 => $"'{place.Text}' became nothing",
        "escape" when became != place.Text && !MeantEscapes.Contains(became, StringComparison.Ordinal) => $"'{place.Text}' became '{became}'",
        "slash" when became.Contains('/', StringComparison.Ordinal) => $"'{place.Text}' became '{became}'",
        _ => null,
    };

    private static string? Written(XElement element, string name) =>
        element.Attributes().FirstOrDefault(attribute => attribute.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value
        ?? element.Elements().FirstOrDefault(child => child.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;

    /// <summary>References side by side are one place: which of them became what cannot be told.</summary>
    [GeneratedRegex(@"(?<reference>(?:[$@%]\((?:[^()]|\([^()]*\))*\))+)|(?<escape>%[0-9A-Fa-f]{2})|(?<slash>\\+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Doubtful();

    [GeneratedRegex(@"\$\(([A-Za-z_][A-Za-z0-9_-]*)\)")]
    private static partial Regex Property();
}

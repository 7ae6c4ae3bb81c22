using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Sets of exit codes: <c>0-7;12</c>.</summary>
internal static partial class ExitCodesText
{
    private const string Allowed = "Allowed is a list of exit codes and ranges of them, like 0-7;12";

    public static string? ParseEntry(string text, out ExitCodeRange value)
    {
        value = null!;
        Match match = Range().Match(text);
        if (!match.Success || !TryNumber(match.Groups[1].Value, out int first))
        {
            return Allowed;
        }

        int last = first;
        if (match.Groups[2].Success && !TryNumber(match.Groups[2].Value, out last))
        {
            return Allowed;
        }

        value = new ExitCodeRange(first, last);
        return first <= last ? null : $"{Allowed}. A range begins with its smaller number";
    }

    /// <summary>The first code that both sets have, or null.</summary>
    public static int? Overlap(ImmutableArray<ExitCodeRange> some, ImmutableArray<ExitCodeRange> others)
    {
        foreach (ExitCodeRange one in some)
        {
            foreach (ExitCodeRange other in others)
            {
                if (Math.Max(one.First, other.First) <= Math.Min(one.Last, other.Last))
                {
                    return Math.Max(one.First, other.First);
                }
            }
        }

        return null;
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    [GeneratedRegex(@"^(-?[0-9]+)(?:-(-?[0-9]+))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Range();
}

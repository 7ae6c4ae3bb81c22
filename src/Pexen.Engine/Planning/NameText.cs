using System.Globalization;
using System.Text;

namespace Pexen.Planning;

/// <summary>Names of units, capabilities, resources and phases (contract 2, 2.3, 2.6).</summary>
internal static class NameText
{
    private const string Allowed = "A name has letters and digits of any script and _ . + - / :, no .., and no / at either end";

    /// <summary>A name of a unit or a capability.</summary>
    public static string? Parse(string text, out string value)
    {
        value = text;
        return IsName(text) ? null : Allowed;
    }

    /// <summary>A name of a resource, which is a path: <c>net</c> covers <c>net/ipv4</c>.</summary>
    public static string? ParseResource(string text, out string value)
    {
        value = text;
        return IsName(text) && !text.Contains("//", StringComparison.Ordinal)
            ? null
            : $"{Allowed}; the name of a resource is a path, so no part of it between slashes is empty";
    }

    /// <summary>A name of a group.</summary>
    public static string? ParseGroup(string text, out string? value)
    {
        value = text;
        return IsName(text) ? null : Allowed;
    }

    /// <summary>A process, as the system lists it.</summary>
    public static string? ParseProcess(string text, out string value)
    {
        value = text;
        return text.Length > 0 && !text.Contains('/') && !text.Contains('\\') ? null : "Allowed is the name of a program, without its folder";
    }

    /// <summary>A phase: it becomes the name of a folder, so a user's own one is a plain identifier.</summary>
    public static string? ParsePhase(string text, out string value)
    {
        value = Phases.Canonical(text);
        return text.Length is > 0 and <= 100 && char.IsLetter(text[0]) && text.All(character => char.IsLetterOrDigit(character) || character is '_' or '-')
            ? null
            : $"Allowed are {string.Join(", ", Phases.Standard)}, or a name of your own of letters, digits, _ and -, beginning with a letter";
    }

    /// <summary>A name that MSBuild takes for an item type or metadata.</summary>
    public static bool IsIdentifier(string text) =>
        text.Length is > 0 and <= 100
        && (char.IsAsciiLetter(text[0]) || text[0] == '_')
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-');

    private static bool IsName(string text)
    {
        if (text.Length == 0 || text[0] == '/' || text[^1] == '/' || text.Contains("..", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (Rune rune in text.EnumerateRunes())
        {
            if (!IsNameRune(rune))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsNameRune(Rune rune) =>
        rune.IsAscii
            ? Rune.IsLetterOrDigit(rune) || (char)rune.Value is '_' or '.' or '+' or '-' or '/' or ':'
            : Rune.IsLetterOrDigit(rune) || IsMark(rune);

    /// <summary>Vowel signs and accents are marks: without them whole scripts could not be written.</summary>
    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}

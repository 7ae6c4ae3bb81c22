using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Entries of the form <c>NAME=value</c>, and the names of files and items.</summary>
internal static class PairText
{
    private static readonly HashSet<string> ReservedMetadata = new(StringComparer.OrdinalIgnoreCase)
    {
        "FullPath", "RootDir", "Filename", "Extension", "RelativeDir", "Directory", "RecursiveDir", "Identity", "ModifiedTime", "CreatedTime",
        "AccessedTime", "DefiningProjectFullPath", "DefiningProjectDirectory", "DefiningProjectName", "DefiningProjectExtension",
    };

    public static string? ParseVariable(string text, out NamedValue value) =>
        TrySplit(text, out value) ? null : "An entry is NAME=value; the value may be empty, the name not";

    public static string? ParseMetadata(string text, out NamedValue value)
    {
        if (!TrySplit(text, out value) || !NameText.IsIdentifier(value.Key))
        {
            return "An entry is Name=value; a name has letters, digits, _ and -, and begins with a letter or _";
        }

        return ReservedMetadata.Contains(value.Key) ? "This metadata is MSBuild's own and cannot be set" : null;
    }

    public static string? ParseProperty(string text, out NamedValue value) =>
        TrySplit(text, out value) && NameText.IsIdentifier(value.Key)
            ? null
            : "An entry is Name=value; a name has letters, digits, _ and -, and begins with a letter or _";

    /// <summary><c>key=Property</c>.</summary>
    public static string? ParseExport(string text, out NamedValue value)
    {
        if (!TrySplit(text, out value))
        {
            return "An entry is key=Property: a key that the unit writes to PEXEN_OUTPUT, and the MSBuild property that it sets";
        }

        return ParsePropertyName(value.Value.Trim(), out _);
    }

    public static string? ParsePropertyName(string text, out string? value)
    {
        value = text;
        if (!NameText.IsIdentifier(text))
        {
            return "Allowed is the name of one MSBuild property: letters, digits, _ and -, beginning with a letter or _";
        }

        return text.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase) || text.StartsWith("Pexen", StringComparison.OrdinalIgnoreCase)
            ? "Properties whose names begin with MSBuild or Pexen have a meaning of their own and cannot be set by a unit"
            : null;
    }

    public static string? ParseTarget(string text, out string value)
    {
        value = text;
        return text.AsSpan().IndexOfAny("$@()%*?.;,=") < 0 && text.Length > 0 ? null : "An entry is the name of a target; $ @ ( ) % * ? . ; , = cannot be part of it";
    }

    public static string? ParseItemType(string text, out string? value)
    {
        value = text;
        return NameText.IsIdentifier(text) ? null : "Allowed is one item type, like Compile or Content";
    }

    public static string? ParsePath(string text, out string value)
    {
        value = text;
        return text.Length > 0 ? null : "An entry is a file, a glob or a folder (with / at its end), and cannot be empty";
    }

    private static bool TrySplit(string text, out NamedValue pair)
    {
        int equals = text.IndexOf('=');
        pair = equals > 0 ? new(text[..equals].Trim(), text[(equals + 1)..]) : new("", "");
        return pair.Key.Length > 0;
    }
}

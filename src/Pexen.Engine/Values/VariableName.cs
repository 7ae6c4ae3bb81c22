namespace Pexen.Values;

/// <summary>Environment variables that are named after something of the user's.</summary>
internal static class VariableName
{
    /// <summary>Upper case; whatever is no ASCII letter and no digit is <c>_</c>.</summary>
    public static string Of(string prefix, string name) => string.Create(prefix.Length + name.Length, (prefix, name), static (text, parts) =>
    {
        parts.prefix.CopyTo(text);
        for (int i = 0; i < parts.name.Length; i++)
        {
            text[parts.prefix.Length + i] = char.IsAsciiLetterOrDigit(parts.name[i]) ? char.ToUpperInvariant(parts.name[i]) : '_';
        }
    });
}

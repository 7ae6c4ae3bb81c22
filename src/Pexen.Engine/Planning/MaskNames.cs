using System.Collections.Immutable;

namespace Pexen.Planning;

/// <summary>Reads <c>PexenMasks</c>: names of environment variables.</summary>
internal static class MaskNames
{
    /// <summary>One entry of the list.</summary>
    public static string? Parse(string text, out string name)
    {
        name = text;
        return text.AsSpan().ContainsAny('=', ' ', '$') ? "Allowed are names of environment variables, not their values: names without '=', '$' and blanks" : null;
    }

    /// <summary>The well-formed names in the property's text, for whoever has to mask before the property is read.</summary>
    public static ImmutableArray<string> Read(string? text) => [.. MetadataText.Split(text ?? "").Where(entry => Parse(entry, out _) is null)];
}

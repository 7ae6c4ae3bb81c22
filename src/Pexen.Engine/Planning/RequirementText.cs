using System.Collections.Immutable;
using NuGet.Versioning;
using Pexen.Model;

namespace Pexen.Planning;

/// <summary>Entries of <c>Provides</c>, <c>Requires</c>, <c>RequiresAny</c>, <c>Uses</c>.</summary>
internal static class RequirementText
{
    public static string? ParseCapability(string text, out Capability value)
    {
        (string name, string? rest) = SplitAtBlank(text);
        value = new Capability(name, null);
        string? allowed = NameText.Parse(name, out _);
        if (allowed is not null || rest is null)
        {
            return allowed is null ? null : $"An entry is a name, or a name and a version. {allowed}";
        }

        allowed = VersionText.ParseVersion(rest, out NuGetVersion? version);
        value = new Capability(name, version);
        return allowed is null ? null : $"An entry is a name, or a name and a version. {allowed}";
    }

    public static string? ParseRequirement(string text, out Requirement value)
    {
        (string name, string? rest) = SplitAtBlank(text);
        value = new Requirement(name, null, name);
        string? allowed = NameText.Parse(name, out _);
        if (allowed is null && rest is not null)
        {
            allowed = VersionText.ParseRange(rest, out VersionRange? range);
            value = new Requirement(name, range, $"{name} {rest}");
        }

        return allowed is null ? null : $"An entry is a name, or a name and a range of versions. {allowed}";
    }

    /// <summary><c>a [1,2)|b</c>.</summary>
    public static string? ParseChoice(string text, out RequirementChoice value)
    {
        ImmutableArray<Requirement>.Builder alternatives = ImmutableArray.CreateBuilder<Requirement>();
        value = new RequirementChoice([]);
        foreach (string part in text.Split('|', StringSplitOptions.TrimEntries))
        {
            string? allowed = ParseRequirement(part, out Requirement requirement);
            if (allowed is not null)
            {
                return $"An entry is one alternative, or several with | between them. {allowed}";
            }

            alternatives.Add(requirement);
        }

        value = new RequirementChoice(alternatives.DrainToImmutable());
        return null;
    }

    /// <summary><c>db</c> or <c>gpu*2</c>.</summary>
    public static string? ParseUse(string text, out ResourceUse value)
    {
        int star = text.LastIndexOf('*');
        string name = star < 0 ? text : text[..star].TrimEnd();
        value = new ResourceUse(name);
        string? allowed = NameText.ParseResource(name, out _);
        if (allowed is null && star >= 0)
        {
            allowed = ScalarText.PositiveInteger(text[(star + 1)..].Trim(), out int tokens);
            value = new ResourceUse(name, tokens);
        }

        return allowed is null ? null : $"An entry is a resource, or a resource and a number of tokens like gpu*2. {allowed}";
    }

    private static (string Name, string? Range) SplitAtBlank(string text)
    {
        int blank = text.AsSpan().IndexOfAny(" \t\r\n");
        return blank < 0
            ? (text, null)
            : (text[..blank], string.Join(' ', text[blank..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } rest ? rest : null);
    }
}

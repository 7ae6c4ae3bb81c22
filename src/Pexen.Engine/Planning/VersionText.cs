using System.Text.RegularExpressions;
using NuGet.Versioning;

namespace Pexen.Planning;

/// <summary>Versions and ranges of them as NuGet writes them, with the meaning of rule 2.</summary>
internal static partial class VersionText
{
    public const string AllowedVersion = "A version is written like 1, 1.2, 1.2.3 or 1.2.3-beta.1";
    public const string AllowedRange = "A range is written as NuGet writes it: 1.2 (at least), [1.2] (exactly), [1,2), (,3] or 1.*";

    public static string? ParseVersion(string text, out NuGetVersion? value) =>
        NuGetVersion.TryParse(text, out value) ? null : AllowedVersion;

    public static string? ParseRange(string text, out VersionRange? value)
    {
        value = null;
        bool read = !text.Contains('*') ? VersionRange.TryParse(text, out value)
            : text[0] is '[' or '(' ? TryFloatingBound(text, out value)
            : TryFloat(text, out value) || TryFloatingLabel(text, out value);
        return read && !IsEmpty(value!) ? null : AllowedRange;
    }

    /// <summary>
    /// Whether the version is in the range. A prerelease only matches a range that itself names one,
    /// and <c>[1,2)</c> never takes any 2.0, though 2.0-beta sorts before 2.0.
    /// </summary>
    public static bool Matches(VersionRange range, NuGetVersion version)
    {
        if (range.Float is { } floating)
        {
            return floating.Satisfies(version);
        }

        if (!range.Satisfies(version))
        {
            return false;
        }

        if (!version.IsPrerelease)
        {
            return true;
        }

        bool namesPrerelease = range.MinVersion?.IsPrerelease == true || range.MaxVersion?.IsPrerelease == true;
        bool belowItsEnd = range.MaxVersion is { IsPrerelease: false } end && !range.IsMaxInclusive && end.Version == version.Version;
        return namesPrerelease && !belowItsEnd;
    }

    /// <summary><c>1.*</c> is <c>[1,2)</c>: NuGet itself reads it as "at least 1, the lowest there is". <c>1.*-*</c> takes prereleases as well.</summary>
    private static bool TryFloat(string text, out VersionRange? range)
    {
        range = null;
        Match match = Float().Match(text);
        if (!match.Success)
        {
            return false;
        }

        string suffix = match.Groups["pre"].Success ? "-0" : "";
        string[] numbers = match.Groups["numbers"].Value.Split('.', StringSplitOptions.RemoveEmptyEntries);
        if (numbers.Length == 0)
        {
            range = new VersionRange(NuGetVersion.Parse("0.0.0" + suffix));
            return true;
        }

        if (!int.TryParse(numbers[^1], out int last) || last == int.MaxValue)
        {
            return false;
        }

        string end = string.Join('.', [.. numbers[..^1], (last + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        if (!NuGetVersion.TryParse(string.Join('.', numbers) + suffix, out NuGetVersion? from) || !NuGetVersion.TryParse(end, out NuGetVersion? to))
        {
            return false;
        }

        range = new VersionRange(from, includeMinVersion: true, to, includeMaxVersion: false);
        return true;
    }

    /// <summary>In <c>[1.*,2)</c> the first bound is the least version it may be.</summary>
    private static bool TryFloatingBound(string text, out VersionRange? range)
    {
        range = VersionRange.TryParse(text, out VersionRange? read) && read.MinVersion is not null
            ? new VersionRange(read.MinVersion, read.IsMinInclusive, read.MaxVersion, read.IsMaxInclusive)
            : null;
        return range is not null;
    }

    /// <summary><c>1.2.3-beta*</c> and <c>1.2.*-rc.*</c>: prereleases whose label begins so, and the releases themselves. NuGet's own meaning, so it judges.</summary>
    private static bool TryFloatingLabel(string text, out VersionRange? range)
    {
        range = text.Contains('-') && FloatRange.TryParse(text, out FloatRange? floating) && floating.MinVersion is not null
            ? new VersionRange(floating.MinVersion, includeMinVersion: true, null, includeMaxVersion: false, floating)
            : null;
        return range is not null;
    }

    private static bool IsEmpty(VersionRange range)
    {
        if (range.MinVersion is null || range.MaxVersion is null)
        {
            return false;
        }

        int order = VersionComparer.Default.Compare(range.MinVersion, range.MaxVersion);
        return order > 0 || (order == 0 && !(range.IsMinInclusive && range.IsMaxInclusive));
    }

    [GeneratedRegex(@"^(?<numbers>(?:[0-9]+\.){0,3})\*(?<pre>-\*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Float();
}

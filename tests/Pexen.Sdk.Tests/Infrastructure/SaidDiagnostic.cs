using System.Globalization;
using System.Text.RegularExpressions;

namespace Pexen.Sdk.Tests.Infrastructure;

/// <summary>A coded line of a build log. <c>Line</c> is 0 where only the file is named.</summary>
internal sealed partial record SaidDiagnostic(string Severity, string Code, string File, int Line, string Message)
{
    /// <summary>All of a log, each once: MSBuild repeats errors and warnings at the end.</summary>
    public static IReadOnlyList<SaidDiagnostic> Read(string log) =>
        [.. log.Split('\n').Select(line => Canonical().Match(line.TrimEnd())).Where(match => match.Success).Select(Of).Distinct()];

    private static SaidDiagnostic Of(Match match) => new(
        match.Groups["kind"].Value,
        match.Groups["code"].Value,
        match.Groups["file"].Value,
        match.Groups["line"].Success ? int.Parse(match.Groups["line"].ValueSpan, CultureInfo.InvariantCulture) : 0,
        match.Groups["text"].Value);

    [GeneratedRegex(@"^\s*(?:\d+>)?(?<file>[^:(]*?)(?:\((?<line>\d+)(?:,\d+)?\))?\s?: (?<kind>error|warning|message) (?<code>[A-Z]+\d+)\s*: (?<text>.*?)(?: \[[^\[\]]*proj[^\[\]]*\])?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Canonical();
}

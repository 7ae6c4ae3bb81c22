using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Pexen.Model;

namespace Pexen.Execution.Dispatching;

/// <summary>
/// Finds lines in MSBuild's canonical form, <c>file(line,column): error CODE: text</c>, in a log. In that of a build also those without a
/// place, <c>file : error CODE: text</c>, and each line once, however many frameworks it was said for.
/// </summary>
internal static partial class DiagnosticParser
{
    private const int MostForEachUnit = 100;
    private const int LongestLine = 8 * 1024;

    /// <summary>At most a hundred, in order; lines longer than 8 KiB are passed over.</summary>
    public static IReadOnlyList<Diagnostic> Read(string log, UnitDefinition unit)
    {
        var found = new List<Diagnostic>();
        HashSet<string>? seen = unit.Work is TargetsWork ? [] : null;
        try
        {
            using var reader = new StreamReader(log, Encoding.UTF8);
            foreach (string line in Lines(reader))
            {
                if (Parse(line, unit) is Diagnostic diagnostic && seen?.Add(line) != false)
                {
                    found.Add(diagnostic);
                    if (found.Count == MostForEachUnit)
                    {
                        break;
                    }
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A log that cannot be read says nothing more.
        }

        return found;
    }

    public static Diagnostic? Parse(string line, UnitDefinition unit)
    {
        bool build = unit.Work is TargetsWork;

        // The regular expression costs; this does not.
        if (!line.Contains(build ? ": " : "): ", StringComparison.Ordinal)
            || (build ? OfBuild() : Canonical()).Match(line) is not { Success: true } match)
        {
            return null;
        }

        string file = Path.GetFullPath(match.Groups["file"].Value, unit.WorkingDirectory);
        bool error = match.Groups["kind"].Value == "error" && unit.ContinueOnError != FailureTolerance.WarnAndContinue;
        return new Diagnostic(
            match.Groups["code"].Value,
            error ? Severity.Error : Severity.Warning,
            match.Groups["text"].Value.Trim(),
            unit.Name,
            // Tools that name themselves in place of a file (CSC, MSBUILD) point nowhere: then it is the unit that is shown.
            match.Groups["line"].Success || File.Exists(file) ? new SourceLocation(file, Number(match.Groups["line"]), Number(match.Groups["column"])) : unit.Source);
    }

    private static int Number(Group group) => int.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    /// <summary>Never holds more than one line of bounded length, whatever the log is made of.</summary>
    private static IEnumerable<string> Lines(StreamReader reader)
    {
        char[] buffer = new char[16 * 1024];
        var line = new StringBuilder();
        bool tooLong = false;
        int count;
        while ((count = reader.Read(buffer, 0, buffer.Length)) > 0)
        {
            int from = 0;
            while (from < count)
            {
                int end = Array.IndexOf(buffer, '\n', from, count - from);
                int to = end < 0 ? count : end;
                tooLong |= line.Length + to - from > LongestLine;
                if (!tooLong)
                {
                    line.Append(buffer, from, to - from);
                }

                if (end >= 0)
                {
                    if (!tooLong)
                    {
                        yield return line.ToString().TrimEnd('\r');
                    }

                    line.Clear();
                    tooLong = false;
                }

                from = to + 1;
            }
        }

        if (!tooLong && line.Length > 0)
        {
            yield return line.ToString();
        }
    }

    /// <summary>What a build says: the place may be missing, and the project follows in brackets.</summary>
    [GeneratedRegex(@"^\s*(?<file>[^\s(][^(]*?)\s*(\((?<line>\d+)(,(?<column>\d+))?(,\d+,\d+|-\d+(,\d+)?)?\))?\s*: (?:[a-z]+ )?(?<kind>error|warning) (?<code>[A-Za-z]+\d+)\s*: (?<text>.*?)( \[[^\]]*\])?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex OfBuild();

    [GeneratedRegex(@"^\s*(?<file>[^\s(][^(]*)\((?<line>\d+)(,(?<column>\d+))?(,\d+,\d+|-\d+(,\d+)?)?\): (?:[a-z]+ )?(?<kind>error|warning) (?<code>[A-Za-z]+\d+)\s*: (?<text>.*)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Canonical();
}

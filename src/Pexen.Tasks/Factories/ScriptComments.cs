using System.Text;
using System.Text.RegularExpressions;
using Pexen.Model;
using Pexen.Planning;

namespace Pexen.Tasks.Factories;

/// <summary>
/// Metadata that a script says of itself, in lines like <c># pexen: Requires=db; Timeout=90s</c> near its beginning. Written as in a project file: lists
/// separated by semicolons, <c>%3B</c> for one that is meant.
/// </summary>
/// <param name="Metadata">Escaped.</param>
/// <param name="Line">Of the first such line, else 1: where problems of the unit point to.</param>
internal sealed partial record ScriptComments(IReadOnlyDictionary<string, string> Metadata, int Line)
{
    private const int LinesRead = 50;
    private const int BytesRead = 16 * 1024;
    private const string Form = "A line is # pexen: Name=value; Name=value";

    private static readonly string[] NotAScripts = ["Script", "Include"];

    /// <summary>Those of one script. Lines that make no sense are said and left out.</summary>
    public static ScriptComments Read(string path, string name, ICollection<Diagnostic> problems)
    {
        Dictionary<string, string> metadata = new(StringComparer.OrdinalIgnoreCase);
        int first = 0;
        int number = 0;
        foreach (string line in Beginning(path).Split('\n').Take(LinesRead))
        {
            number++;
            if (Comment().Match(line) is not { Success: true } match)
            {
                continue;
            }

            first = first == 0 ? number : first;
            if (AddTo(metadata, match.Groups["text"].Value) is string allowed)
            {
                problems.Add(Diagnostics.BadScriptComment(name, line.Trim(), allowed, new SourceLocation(path, number)));
            }
        }

        return new ScriptComments(metadata, Math.Max(1, first));
    }

    /// <summary>What is wrong with a line, or null.</summary>
    public static string? AddTo(Dictionary<string, string> metadata, string text)
    {
        string? last = null;
        string[] parts = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0)
        {
            return Form;
        }

        foreach (string part in parts)
        {
            int equals = part.IndexOf('=');
            string name = equals < 0 ? "" : part[..equals].TrimEnd();
            string value = equals < 0 ? part : part[(equals + 1)..].TrimStart();
            if (equals < 0 && last is null)
            {
                return $"{Form}; '{part}' has no name";
            }

            if (equals >= 0 && !NameText.IsIdentifier(name))
            {
                return $"{Form}; '{name}' is no name";
            }

            if (NotAScripts.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                return $"A script says of itself everything but {name}";
            }

            last = equals < 0 ? last : name;
            if (!metadata.TryGetValue(last!, out string? before))
            {
                metadata[last!] = value;
            }
            else if (MetadataShapes.Of(last!) is MetadataShape.Scalar)
            {
                return $"{last} has one value; write a semicolon in it as %3B";
            }
            else
            {
                metadata[last!] = $"{before};{value}";
            }
        }

        return null;
    }

    private static string Beginning(string path)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            byte[] bytes = new byte[BytesRead];
            Span<byte> read = bytes.AsSpan(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
            // A program that was compiled says nothing of itself in comments.
            return read.Contains((byte)0) ? "" : Encoding.UTF8.GetString(read);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It may be run and not be read: then it says nothing.
            return "";
        }
    }

    [GeneratedRegex(@"^\uFEFF?\s*(?:#|//|::|@?rem\s)\s*pexen:(?<text>.*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Comment();
}

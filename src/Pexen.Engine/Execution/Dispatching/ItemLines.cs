using System.Xml;

namespace Pexen.Execution.Dispatching;

/// <summary>Finds the lines of units in project files, for the record. A file is read only when there is something to say about one of its units.</summary>
internal sealed class ItemLines
{
    /// <summary>Of several elements with one name conditions choose, and those are not for us to judge.</summary>
    private const int Ambiguous = -1;

    private readonly Dictionary<string, Dictionary<string, int>> _files = [];

    /// <summary>The line of the element that names the unit literally, or null: globs and names made of properties.</summary>
    public int? Find(string file, string unit)
    {
        if (!_files.TryGetValue(file, out Dictionary<string, int>? lines))
        {
            _files[file] = lines = Read(file);
        }

        return lines.TryGetValue(unit, out int line) && line > 0 ? line : null;
    }

    private static Dictionary<string, int> Read(string file)
    {
        var lines = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        try
        {
            using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "PexenUnit" && reader is IXmlLineInfo { LineNumber: int line })
                {
                    foreach (string name in (reader.GetAttribute("Name") ?? reader.GetAttribute("Include") ?? "").Split(';', StringSplitOptions.TrimEntries))
                    {
                        string unescaped = Uri.UnescapeDataString(name);
                        lines[unescaped] = lines.ContainsKey(unescaped) ? Ambiguous : line;
                    }
                }
            }
        }
        catch (Exception exception) when (exception is IOException or XmlException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // The record then names the file alone.
        }

        return lines;
    }
}

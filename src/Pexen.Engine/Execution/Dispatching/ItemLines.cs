using System.Xml;

namespace Pexen.Execution.Dispatching;

/// <summary>Finds the lines of units and groups in project files, for the record. A file is read only when there is something to say about one of them.</summary>
internal sealed class ItemLines
{
    /// <summary>Of several elements with one name conditions choose, and those are not for us to judge.</summary>
    private const int Ambiguous = -1;

    private readonly Dictionary<string, Dictionary<(string Element, string Name), int>> _files = [];

    /// <summary>The line of the element that names the unit literally, or null: globs and names made of properties.</summary>
    public int? FindUnit(string file, string unit) => Find(file, "PexenUnit", unit);

    /// <summary>The same for a group.</summary>
    public int? FindGroup(string file, string group) => Find(file, "PexenGroup", group);

    private int? Find(string file, string element, string name)
    {
        if (!_files.TryGetValue(file, out Dictionary<(string Element, string Name), int>? lines))
        {
            _files[file] = lines = Read(file);
        }

        return lines.TryGetValue((element, name.ToUpperInvariant()), out int line) && line > 0 ? line : null;
    }

    private static Dictionary<(string Element, string Name), int> Read(string file)
    {
        Dictionary<(string Element, string Name), int> lines = [];
        try
        {
            using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element && reader.LocalName is "PexenUnit" or "PexenGroup" && reader is IXmlLineInfo { LineNumber: int line })
                {
                    foreach (string name in (reader.GetAttribute("Name") ?? reader.GetAttribute("Include") ?? "").Split(';', StringSplitOptions.TrimEntries))
                    {
                        (string, string) key = (reader.LocalName, Uri.UnescapeDataString(name).ToUpperInvariant());
                        lines[key] = lines.ContainsKey(key) ? Ambiguous : line;
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

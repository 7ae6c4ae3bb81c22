using System.Xml;
using System.Xml.Linq;

namespace Pexen.Tasks.Reading;

/// <summary>A project file as text, to find the line of an item. Read only when there is something to say about it.</summary>
internal sealed class ProjectXml
{
    private readonly XDocument? _document;

    public ProjectXml(string file)
    {
        try
        {
            _document = XDocument.Load(file, LoadOptions.SetLineInfo | LoadOptions.PreserveWhitespace);
        }
        catch (Exception exception) when (exception is IOException or XmlException or UnauthorizedAccessException or ArgumentException)
        {
            // Nothing to find then; the diagnostic names the file alone.
        }
    }

    /// <summary>
    /// The element whose Include names the item, literally. Null for globs, <c>Update</c> and names made of properties.
    /// </summary>
    /// <param name="itemType">The name of the element.</param>
    /// <param name="include">Unescaped.</param>
    /// <param name="before">How many elements of that kind to pass over.</param>
    public XElement? Find(string itemType, string include, int before)
    {
        if (_document is null)
        {
            return null;
        }

        List<XElement> found = [.. _document.Descendants().Where(element => element.Name.LocalName == itemType && Names(element, include))];
        return before < found.Count ? found[before] : found.LastOrDefault();
    }

    /// <summary>The whole text of an Include of that type which is a pattern and no list, with its element.</summary>
    public IEnumerable<(string Pattern, XElement Element)> Patterns(string itemType) =>
        _document is null
            ? []
            : _document.Descendants()
                .Where(element => element.Name.LocalName == itemType)
                .Select(element => (element.Attribute("Include")?.Value ?? "", element))
                .Where(pair => pair.Item1.Contains('*', StringComparison.Ordinal));

    public static (int Line, int Column) Position(XElement element)
    {
        IXmlLineInfo line = element;
        return line.HasLineInfo() ? (line.LineNumber, line.LinePosition - 1) : (0, 0);
    }

    private static bool Names(XElement element, string include) =>
        element.Attribute("Include") is XAttribute attribute
        && attribute.Value.Split(';', StringSplitOptions.TrimEntries).Any(entry => Uri.UnescapeDataString(entry) == include);
}

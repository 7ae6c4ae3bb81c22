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

    /// <summary>
    /// The patterns in Includes of that type, each with its element. Those that hold only under a condition, in a target, or in terms of
    /// properties are left out: what became of them cannot be told from the text.
    /// </summary>
    public IEnumerable<(string Pattern, XElement Element)> Patterns(string itemType) =>
        _document is null
            ? []
            : _document.Descendants()
                .Where(element => element.Name.LocalName == itemType && !element.AncestorsAndSelf().Any(IsConditional))
                .SelectMany(element => (element.Attribute("Include")?.Value ?? "")
                    .Split(';', StringSplitOptions.TrimEntries)
                    .Where(entry => entry.AsSpan().IndexOfAny('*', '?') >= 0 && entry.AsSpan().IndexOfAny('$', '@', '%') < 0)
                    .Select(entry => (entry, element)));

    private static bool IsConditional(XElement element) => element.Attribute("Condition") is not null || element.Name.LocalName is "Target" or "Choose";

    public static (int Line, int Column) Position(XElement element)
    {
        IXmlLineInfo line = element;
        return line.HasLineInfo() ? (line.LineNumber, line.LinePosition - 1) : (0, 0);
    }

    private static bool Names(XElement element, string include) =>
        element.Attribute("Include") is XAttribute attribute
        && attribute.Value.Split(';', StringSplitOptions.TrimEntries).Any(entry => Uri.UnescapeDataString(entry) == include);
}

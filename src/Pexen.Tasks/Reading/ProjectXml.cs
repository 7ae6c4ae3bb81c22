using System.Xml;
using System.Xml.Linq;

namespace Pexen.Tasks.Reading;

/// <summary>A project file as text, to find the line of an item. Read only when there is something to say about it.</summary>
internal sealed class ProjectXml
{
    private readonly XDocument? _document;
    private Dictionary<(string, string), List<XElement>>? _elements;

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

    /// <summary>The element whose Include names the item, literally. Null for globs, <c>Update</c> and names made of properties.</summary>
    public XElement? Find(ItemPlace place)
    {
        _elements ??= Index();
        if (!_elements.TryGetValue((place.ItemType, place.Include), out List<XElement>? found))
        {
            return null;
        }

        List<XElement> fitting = found.Count == 1 ? found : [.. found.Where(element => Fits(element, place.Metadata))];
        return fitting.Count == 1 ? fitting[0] : found[Math.Min(place.Before, found.Count - 1)];
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

    /// <summary>One pass for all: a project may have thousands of units.</summary>
    private Dictionary<(string, string), List<XElement>> Index()
    {
        Dictionary<(string, string), List<XElement>> elements = [];
        foreach (XElement element in _document?.Descendants() ?? [])
        {
            foreach (string entry in (element.Attribute("Include")?.Value ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                (string, string) key = (element.Name.LocalName, Uri.UnescapeDataString(entry));
                if (!elements.TryGetValue(key, out List<XElement>? named))
                {
                    elements.Add(key, named = []);
                }

                named.Add(element);
            }
        }

        return elements;
    }

    /// <summary>Whether the literal attributes of an element are the item's metadata.</summary>
    private static bool Fits(XElement element, IReadOnlyDictionary<string, string> metadata) =>
        element.Attributes()
            .Where(attribute => attribute.Name.LocalName is not ("Include" or "Exclude" or "Condition" or "Label") && attribute.Value.AsSpan().IndexOfAny("$@%\\") < 0)
            .All(attribute => metadata.TryGetValue(attribute.Name.LocalName, out string? value) && Uri.UnescapeDataString(value) == attribute.Value);
}

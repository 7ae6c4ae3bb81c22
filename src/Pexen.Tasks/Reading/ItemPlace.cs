namespace Pexen.Tasks.Reading;

/// <summary>What an item is found by in the text of its file.</summary>
/// <param name="ItemType">The name of the element.</param>
/// <param name="Include">Unescaped.</param>
/// <param name="Before">How many items before it have the same type, file and Include.</param>
/// <param name="Metadata">Escaped; tells elements of one Include apart, of which conditions let only some become items.</param>
internal sealed record ItemPlace(string ItemType, string Include, int Before, IReadOnlyDictionary<string, string> Metadata);

namespace Pexen.Model;

/// <summary>Where something was written: a project file and, where it could be found, the line and column of the item.</summary>
internal sealed record SourceLocation(string File, int Line = 0, int Column = 0)
{
    /// <summary>
    /// Place of the item among the declarations handed to the reader, or -1. Lines are looked up by it, and only when
    /// a diagnostic is shown: parsing project files must not cost when nothing is wrong.
    /// </summary>
    public int Item { get; init; } = -1;

    /// <summary>The item type that <see cref="Item"/> counts in, or null.</summary>
    public string? ItemType { get; init; }
}

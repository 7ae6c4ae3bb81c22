namespace Pexen.Host.Worker;

/// <summary>In which form a method takes shared values.</summary>
internal enum SharedKind
{
    None,

    /// <summary>A dictionary of texts.</summary>
    Text,

    /// <summary>A dictionary of objects; what it holds at the end must have a text form.</summary>
    Object,
}

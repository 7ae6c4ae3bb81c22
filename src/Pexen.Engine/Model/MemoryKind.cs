namespace Pexen;

/// <summary>Whose memory counts as that of a unit.</summary>
public enum MemoryKind
{
    /// <summary>That of its whole process tree.</summary>
    Tree,

    /// <summary>That of the largest process in the tree.</summary>
    Heaviest,

    /// <summary>That of the process that was started, alone.</summary>
    Process,
}

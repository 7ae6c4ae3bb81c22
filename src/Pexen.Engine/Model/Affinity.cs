namespace Pexen.Model;

/// <summary>Which processors a slot has for itself.</summary>
internal enum Affinity
{
    /// <summary>None: the system decides.</summary>
    None,

    /// <summary>A processor as the system counts them: a hardware thread.</summary>
    Thread,

    /// <summary>All hardware threads of a core.</summary>
    Core,

    /// <summary>All processors of a NUMA node.</summary>
    Node,
}

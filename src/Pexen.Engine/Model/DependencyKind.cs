namespace Pexen.Model;

/// <summary>Why one unit waits for another.</summary>
internal enum DependencyKind
{
    /// <summary>The provider must have provided.</summary>
    Requires,

    /// <summary>One of the providers of the same choice must have provided.</summary>
    RequiresAny,

    /// <summary>The provider must have ended, however it ended.</summary>
    After,
}

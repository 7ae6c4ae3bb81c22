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

    /// <summary>It cleans up after that unit, which must have ended, however it ended; those that need that unit are waited for by <see cref="After"/>.</summary>
    Finalizes,

    /// <summary>A service ends when its user has ended. Only in the search for cycles: nobody waits for the end of a service like this while it runs.</summary>
    Serves,
}

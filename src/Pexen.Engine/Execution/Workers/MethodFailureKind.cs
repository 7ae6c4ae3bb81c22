namespace Pexen.Execution.Workers;

/// <summary>How a method failed that came back.</summary>
internal enum MethodFailureKind
{
    /// <summary>An exception left it: the state of what it worked on is unknown.</summary>
    Exception,

    /// <summary>A <c>Pexen.ControlledFailureException</c> left it: it failed, but left things in order.</summary>
    Controlled,

    /// <summary>It ended well, but what it returned, or put among the shared values, cannot be carried to another process.</summary>
    NotCarried,
}

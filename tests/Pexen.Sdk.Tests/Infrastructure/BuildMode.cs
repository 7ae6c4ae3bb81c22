namespace Pexen.Sdk.Tests.Infrastructure;

/// <summary>How MSBuild is asked to work.</summary>
public enum BuildMode
{
    Ordinary,

    /// <summary><c>-mt</c>: several projects in threads of one process.</summary>
    MultiThreaded,

    /// <summary>Nodes that wait for the next build.</summary>
    NodeReuse,

    /// <summary>The MSBuild server, with nodes that wait for the next build.</summary>
    Server,
}

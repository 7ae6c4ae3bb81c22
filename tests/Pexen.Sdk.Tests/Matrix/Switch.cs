namespace Pexen.Sdk.Tests.Matrix;

/// <summary>How MSBuild is told to work.</summary>
public enum Switch
{
    Nodes,
    Graph,
    Multithreaded,
    TerminalLogger,
    BinaryLog,
}

namespace Pexen.Execution.Protocol;

/// <summary>The other side sent something that is not of this protocol.</summary>
internal sealed class ProtocolException(string message) : Exception(message);

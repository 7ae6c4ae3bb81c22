namespace Pexen.Execution.Local;

/// <summary>An attempt cannot be started; the message is the sentence that the user reads. Never leaves the executor.</summary>
internal sealed class StartException(string message) : Exception(message);

namespace Pexen.Host.Worker;

/// <summary>The method cannot be called; the message is the sentence that the user reads. Never leaves the worker.</summary>
internal sealed class CallRefusedException(string message) : Exception(message);

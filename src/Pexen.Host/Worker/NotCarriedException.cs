namespace Pexen.Host.Worker;

/// <summary>Something that a method gives back has no form in which it could go to another process; the message says what. Never leaves the worker.</summary>
internal sealed class NotCarriedException(string message) : Exception(message);

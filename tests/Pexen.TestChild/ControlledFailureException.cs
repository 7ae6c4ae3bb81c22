namespace Pexen;

/// <summary>A copy of a user's own, as the engine must take it: by its name.</summary>
internal sealed class ControlledFailureException(string message) : Exception(message)
{
    public bool Provide { get; init; }

    public bool ReleaseLocks { get; init; }

    public object? Details { get; init; }
}

namespace Pexen.Execution.Workers;

/// <summary>Why a method that came back did not succeed.</summary>
/// <param name="Kind">How it failed.</param>
/// <param name="Type">The full name of the exception's type, or empty.</param>
/// <param name="Message">What it said.</param>
internal sealed record MethodFailure(MethodFailureKind Kind, string Type, string Message)
{
    /// <summary>Where it was thrown, without the frames that called the method; or empty.</summary>
    public string Stack { get; init; } = "";

    /// <summary>Of a controlled failure: what it carries, as text, or null.</summary>
    public string? Details { get; init; }

    /// <summary>Of a controlled failure: whether what the unit provides counts as provided.</summary>
    public bool Provide { get; init; } = true;

    /// <summary>Of a controlled failure: whether what it held is free again.</summary>
    public bool ReleaseLocks { get; init; } = true;
}

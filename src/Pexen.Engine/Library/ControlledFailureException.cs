namespace Pexen;

/// <summary>
/// Thrown by a unit that fails but left things in order: the unit is <see cref="Outcome.ControlledFailure"/>, and others go on as far as the two flags say
/// and <see cref="Unit.OnControlledFailure"/> allows.
/// </summary>
public class ControlledFailureException : Exception
{
    /// <summary>A controlled failure without a word.</summary>
    public ControlledFailureException()
        : base("The unit failed in a controlled way.")
    {
    }

    /// <summary>A controlled failure with its reason.</summary>
    public ControlledFailureException(string? message)
        : base(message)
    {
    }

    /// <summary>A controlled failure because of another exception.</summary>
    public ControlledFailureException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>What the unit provides counts as provided. True unless said otherwise.</summary>
    public bool Provide { get; init; } = true;

    /// <summary>What the unit held is free again. True unless said otherwise.</summary>
    public bool ReleaseLocks { get; init; } = true;

    /// <summary>Anything that whoever reads the result may want to have; <see cref="Exception.Data"/> is there as well.</summary>
    public object? Details { get; init; }
}

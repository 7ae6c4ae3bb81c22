namespace Pexen;

/// <summary>The exception that ended a unit.</summary>
/// <param name="Type">Full name of its type.</param>
/// <param name="Message">Its message.</param>
public sealed record ExceptionInfo(string Type, string Message)
{
    private readonly string? _stack;

    internal ExceptionInfo(Exception exception)
        : this(exception.GetType().FullName ?? exception.GetType().Name, MessageOf(exception)) => Exception = exception;

    /// <summary>Where it was thrown, or null. Made when asked for, as it is expensive.</summary>
    public string? StackTrace
    {
        get => _stack ?? Exception?.StackTrace;
        init => _stack = value;
    }

    /// <summary>The exception itself; null if it was thrown in another process.</summary>
    public Exception? Exception { get; init; }

    /// <summary>What a <see cref="ControlledFailureException"/> carried, or null.</summary>
    public object? Details => (Exception as ControlledFailureException)?.Details;

    // An exception of the user's may throw when it is asked.
    private static string MessageOf(Exception exception)
    {
        try
        {
            return exception.Message ?? "";
        }
        catch (Exception problem)
        {
            return $"(its message threw {problem.GetType().Name})";
        }
    }
}

using Pexen.Execution.Workers;

namespace Pexen;

/// <summary>The exception that ended a unit.</summary>
/// <param name="Type">Full name of its type.</param>
/// <param name="Message">Its message.</param>
public sealed record ExceptionInfo(string Type, string Message)
{
    private readonly string? _stack;
    private readonly object? _details;

    internal ExceptionInfo(Exception exception)
        : this(exception.GetType().FullName ?? exception.GetType().Name, MessageOf(exception)) => Exception = exception;

    private ExceptionInfo(MethodFailure failure)
        : this(failure.Type, failure.Message) => (_stack, _details) = (failure.Stack, failure.Details);

    /// <summary>Where it was thrown, or null. Made when asked for, as it is expensive.</summary>
    public string? StackTrace
    {
        get => _stack ?? Exception?.StackTrace;
        init => _stack = value;
    }

    /// <summary>The exception itself; null if it was thrown in another process.</summary>
    public Exception? Exception { get; init; }

    /// <summary>What a <see cref="ControlledFailureException"/> carried, or null; as text if it was thrown in another process.</summary>
    public object? Details => Exception is null ? _details : (Exception as ControlledFailureException)?.Details;

    /// <summary>What left a method in a worker process; null if nothing did.</summary>
    internal static ExceptionInfo? Of(MethodFailure? failure) =>
        failure is null or { Kind: MethodFailureKind.NotCarried } ? null : new ExceptionInfo(failure);

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

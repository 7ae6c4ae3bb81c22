using System.Collections.Immutable;
using System.Reflection;

namespace Pexen.Library;

/// <summary>A public static method, called in a worker process.</summary>
internal sealed class MethodCallWork(string assembly, string method, ImmutableArray<object?> arguments) : LaunchedWork
{
    /// <summary>Path of the assembly, as it was given.</summary>
    public string Assembly => assembly;

    /// <summary>Namespace, type and method.</summary>
    public string Method => method;

    public ImmutableArray<object?> Arguments => arguments;

    /// <exception cref="ArgumentException">No other process could find the method.</exception>
    public static MethodCallWork Of(Delegate work, ImmutableArray<object?> arguments)
    {
        MethodInfo method = work.Method;
        string? why = WhyNotFound(method);
        return why is null
            ? new MethodCallWork(method.DeclaringType!.Assembly.Location, $"{method.DeclaringType.FullName}.{method.Name}", arguments)
            : throw new ArgumentException($"'{method.DeclaringType?.FullName}.{method.Name}' cannot be called in a worker process: {why}.", nameof(work));
    }

    private static string? WhyNotFound(MethodInfo method) => method switch
    {
        { IsStatic: false } or { IsPublic: false } => "it has to be a public static method, and no lambda",
        { DeclaringType: null or { IsVisible: false } } => "its type is not public",
        { IsGenericMethod: true } or { DeclaringType.IsGenericType: true } => "it is generic, and it is found by its name alone",
        { DeclaringType.Assembly.Location: "" } => "its assembly is no file that a worker could load",
        _ => null,
    };
}

using Pexen.Library;

namespace Pexen;

public sealed partial record Unit
{
    /// <summary>A unit that calls a delegate.</summary>
    public static Unit Create(string name, Action work) => new(name, DelegateWork.Of(work));

    /// <summary>A unit that calls a delegate with its context.</summary>
    public static Unit Create(string name, Action<UnitContext> work) => new(name, DelegateWork.Of(work));

    /// <summary>A unit that calls a delegate; what it returns is <see cref="UnitResult.Value"/>.</summary>
    public static Unit Create<T>(string name, Func<T> work) => new(name, DelegateWork.Of(work));

    /// <summary>A unit that calls a delegate with its context; what it returns is <see cref="UnitResult.Value"/>.</summary>
    public static Unit Create<T>(string name, Func<UnitContext, T> work) => new(name, DelegateWork.Of(work));

    /// <summary>A unit that calls a delegate and ends when the task does.</summary>
    public static Unit Create(string name, Func<Task> work) => new(name, DelegateWork.Of(work));

    /// <summary>A unit that calls a delegate with its context and ends when the task does.</summary>
    public static Unit Create(string name, Func<UnitContext, Task> work) => new(name, DelegateWork.Of(work));

    /// <summary>A unit that calls a delegate and ends when the task does; the task's result is <see cref="UnitResult.Value"/>.</summary>
    public static Unit Create<T>(string name, Func<Task<T>> work) => new(name, DelegateWork.OfTask(work));

    /// <summary>A unit that calls a delegate with its context and ends when the task does; the task's result is <see cref="UnitResult.Value"/>.</summary>
    public static Unit Create<T>(string name, Func<UnitContext, Task<T>> work) => new(name, DelegateWork.OfTask(work));

    /// <summary>A unit that runs a program, without a shell, with these arguments, each passed as it is.</summary>
    /// <param name="name">Of the unit.</param>
    /// <param name="file">A path, or a name that is looked up in <c>PATH</c>.</param>
    /// <param name="arguments">Of the program.</param>
    public static Unit Process(string name, string file, params string[] arguments)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        ArgumentNullException.ThrowIfNull(arguments);
        return new Unit(name, new ProcessWork(file, [.. arguments]));
    }

    /// <summary>
    /// A unit that calls a public static method in a worker process: one that crashes, ends its process or does not listen when it is asked to end
    /// harms nobody else. A worker that came through is used for other methods afterwards.
    /// </summary>
    /// <remarks>
    /// Parameters take <paramref name="arguments"/> in their order, as text. A <see cref="CancellationToken"/> is cancelled when the unit is to stop; a dictionary
    /// from string to string, or to object, has the shared values as text, and what the method changes there goes to its dependents, and so does what
    /// it returns, under the key <c>return</c>. As text that is <see cref="UnitResult.Value"/>. A task is waited for.
    /// </remarks>
    /// <param name="name">Of the unit.</param>
    /// <param name="assembly">Path of the assembly; it has to be there when the unit starts.</param>
    /// <param name="method">Namespace, type and method, separated by dots.</param>
    /// <param name="arguments">Texts, numbers, times and the like.</param>
    public static Unit Method(string name, string assembly, string method, params object?[] arguments)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(assembly);
        ArgumentException.ThrowIfNullOrWhiteSpace(method);
        ArgumentNullException.ThrowIfNull(arguments);
        return new Unit(name, new MethodCallWork(assembly, method, [.. arguments]));
    }

    /// <summary>A unit that calls a public static method in a worker process: <c>Unit.Method("sum", Steps.Sum, 1, 2)</c>.</summary>
    /// <inheritdoc cref="Method(string, string, string, object?[])" path="/remarks"/>
    /// <param name="name">Of the unit.</param>
    /// <param name="method">The method itself, not a lambda: a worker loads its assembly and finds it by its name.</param>
    /// <param name="arguments">Texts, numbers, times and the like.</param>
    /// <exception cref="ArgumentException">It is not public, not static, generic, or its assembly is no file.</exception>
    public static Unit Method(string name, Delegate method, params object?[] arguments)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(arguments);
        return new Unit(name, MethodCallWork.Of(method, [.. arguments]));
    }

    /// <summary>A unit that runs nothing and succeeds when what it requires is there.</summary>
    public static Unit Milestone(string name) => new(name, NoWork.Instance);
}
